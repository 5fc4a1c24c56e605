import type { Condition } from '../contract/conditions.ts'
import type { Field } from '../contract/fields.ts'
import { dayOf, momentsIn, periodOf } from './periods.ts'

/** A way to narrow a field, as a person chooses it. */
export type Way = {
  /** Names its message: `operators.<name>`. */
  name: string
  /** What is asked for. */
  operators: readonly Field[]
  /** What is not asked for: the choice says it. */
  fixed?: Readonly<Record<string, boolean>>
  /** Asks for one day, which stands for all its moments. */
  isDay?: boolean
}

export type ConditionValues = Readonly<Record<string, unknown>>

/** The ways in which a field can be narrowed, the most usual one first. */
export function waysOf({ operators }: Condition, isReference: boolean): Way[] {
  const find = (...names: string[]) =>
    names.flatMap((name) => operators.filter((o) => o.name === name))
  const single = (...names: string[]): Way[] =>
    find(...names).map((operator) => ({ name: operator.name, operators: [operator] }))
  const [equals] = find('equals')
  return [...singleWays(), ...missing()]

  function singleWays(): Way[] {
    if (isReference) return single('within', 'equals', 'includes')
    if (equals?.kind === 'moment') {
      const ends = find('atLeast', 'lessThan')
      return [
        { name: 'onDay', operators: ends, isDay: true },
        ...single('atLeast', 'lessThan'),
        { name: 'between', operators: ends },
      ]
    }
    if (find('atLeast').length > 0) {
      return [
        ...single('equals', 'greaterThan', 'atLeast', 'lessThan', 'atMost'),
        { name: 'between', operators: find('atLeast', 'atMost') },
      ]
    }
    return single('oneOf', 'contains', 'equals', 'startsWith', 'endsWith')
  }

  function missing(): Way[] {
    return find('isNull').flatMap(() => [
      { name: 'isEmpty', operators: [], fixed: { isNull: true } },
      { name: 'isNotEmpty', operators: [], fixed: { isNull: false } },
    ])
  }
}

/** The operators that have a value. */
export function operatorsIn(values: ConditionValues): string[] {
  return Object.keys(values).filter((name) => {
    const value = values[name]
    return value !== '' && value !== null && value !== undefined
  })
}

/** Whether a way says all that the values do, and nothing against them. */
export function covers({ operators, fixed = {} }: Way, values: ConditionValues): boolean {
  const names = [...operators.map(({ name }) => name), ...Object.keys(fixed)]
  return (
    operatorsIn(values).every((name) => names.includes(name)) &&
    Object.entries(fixed).every(([name, value]) => values[name] === value)
  )
}

/**
 * The way that an address means. No way of the panel may say it: then all of it is asked for, so that
 * nothing narrows the list unseen.
 */
export function wayFor(ways: readonly Way[], condition: Condition, values: ConditionValues): Way {
  const given = operatorsIn(values)
  const isWhole = ({ operators, fixed, isDay }: Way) =>
    operators.length + Object.keys(fixed ?? {}).length === given.length &&
    (!isDay || wholeDay(values) !== null)
  return (
    ways.find((way) => covers(way, values) && isWhole(way)) ?? {
      name: 'several',
      operators: condition.operators.filter(({ name }) => given.includes(name)),
    }
  )
}

/** The moments of a day, by the clock of the person. `null`: it is no day. */
export function momentsOf(day: string): { atLeast: string; lessThan: string } | null {
  const start = new Date(`${day}T00:00`)
  return Number.isNaN(start.getTime()) ? null : momentsIn(dayOf(start))
}

/** The day whose moments these are, `YYYY-MM-DD`. `null`: they are not those of one day. */
export function wholeDay({ atLeast, lessThan }: ConditionValues): string | null {
  const { year, month, day } = periodOf({ atLeast, lessThan }) ?? {}
  if (year === undefined || month === undefined || day === undefined) return null
  const two = (part: number) => String(part).padStart(2, '0')
  return [String(year).padStart(4, '0'), two(month + 1), two(day)].join('-')
}
