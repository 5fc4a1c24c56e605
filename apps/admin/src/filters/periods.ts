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
  if (month === undefined) return startOf({ year: year + 1 })
  return startOf(day === undefined ? { year, month: month + 1 } : { year, month, day: day + 1 })
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
 * The next smaller periods in which there can be something: months of a year, days of a month.
 * @param first the first moment of which there is something
 * @param last the last one
 */
export function periodsIn(period: Period, first: Date, last: Date): Period[] {
  // Where a zone changed its side of the date line, a day has no moments.
  return partsOf(period).filter(
    (part) => startOf(part) < endOf(part) && endOf(part) > first && startOf(part) <= last,
  )
}

/**
 * The years in which there is something, in their order. One row that was dated wrongly may lie
 * thousands of years from the others, so they are found one by one, the last first.
 * @param lastBefore the last moment of which there is something before another, or at all
 */
export async function yearsWith(
  lastBefore: (moment?: Date) => Promise<Date | null>,
): Promise<Period[]> {
  const years: Period[] = []
  let last = await lastBefore()
  while (last !== null && years.length < mostYears) {
    const year = last.getFullYear()
    // A row of before the year 100, from a book older than that bound, is read as of the 20th century.
    if (year === years[0]?.year) break
    years.unshift({ year })
    last = await lastBefore(startOf({ year }))
  }
  return years
}

/** Of more, the last ones are offered: others are found by a filter. */
const mostYears = 30

function partsOf({ year, month, day }: Period): Period[] {
  if (day !== undefined) return []
  if (month === undefined) return count(12).map((index) => ({ year, month: index }))
  const days = startOf({ year, month: month + 1, day: 0 }).getDate()
  return count(days).map((index) => ({ year, month, day: index + 1 }))
}

const count = (length: number) => Array.from({ length }, (_none, index) => index)
