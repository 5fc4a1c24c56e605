import type { ConditionValues } from './ways.ts'

/** A year, a month of it or a day of that, by the clock of the person. */
export type Period = {
  year: number
  /** From 0, as `Date` has it. Absent: the whole year. */
  month?: number
  /** Absent: the whole month. */
  day?: number
}

/** The first moment of a period. */
export const startOf = ({ year, month = 0, day = 1 }: Period): Date => new Date(year, month, day)

function endOf({ year, month, day }: Period): Date {
  if (month === undefined) return new Date(year + 1, 0, 1)
  return day === undefined ? new Date(year, month + 1, 1) : new Date(year, month, day + 1)
}

/** The day that a moment lies in. */
export const dayOf = (moment: Date) => ({
  year: moment.getFullYear(),
  month: moment.getMonth(),
  day: moment.getDate(),
})

/** What a list is narrowed to for the moments of a period. */
export const momentsIn = (period: Period): { atLeast: string; lessThan: string } => ({
  atLeast: startOf(period).toISOString(),
  lessThan: endOf(period).toISOString(),
})

/** The period whose moments these are. `null`: they are not those of one. */
export function periodOf({ atLeast, lessThan, ...others }: ConditionValues): Period | null {
  if (!atLeast || !lessThan || Object.keys(others).length > 0) return null
  const start = new Date(atLeast as string | Date)
  if (Number.isNaN(start.getTime())) return null
  const day = dayOf(start)
  const candidates: Period[] = [{ year: day.year }, { year: day.year, month: day.month }, day]
  const end = new Date(lessThan as string | Date).getTime()
  return (
    candidates.find(
      (one) => startOf(one).getTime() === start.getTime() && endOf(one).getTime() === end,
    ) ?? null
  )
}

/** The periods that a period stands in, the widest first, and itself. */
export function pathTo({ year, month, day }: Period): Period[] {
  if (month === undefined) return [{ year }]
  return day === undefined
    ? [{ year }, { year, month }]
    : [{ year }, { year, month }, { year, month, day }]
}

/**
 * The next smaller periods in which there can be something: years, months of a year, days of a month.
 * @param period `null`: of all time
 * @param first the first moment of which there is something
 * @param last the last one
 */
export function periodsIn(period: Period | null, first: Date, last: Date): Period[] {
  return partsOf(period, first, last).filter((part) => endOf(part) > first && startOf(part) <= last)
}

function partsOf(period: Period | null, first: Date, last: Date): Period[] {
  if (period === null) {
    const from = first.getFullYear()
    return count(last.getFullYear() - from + 1).map((index) => ({ year: from + index }))
  }
  const { year, month, day } = period
  if (day !== undefined) return []
  if (month === undefined) return count(12).map((index) => ({ year, month: index }))
  const days = new Date(year, month + 1, 0).getDate()
  return count(days).map((index) => ({ year, month, day: index + 1 }))
}

const count = (length: number) => Array.from({ length }, (_none, index) => index)
