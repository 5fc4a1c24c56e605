type Day = { year: number; month: number; day: number }

/**
 * The year that two digits mean: of the hundred years around `now` the one that is less than 51
 * years ahead and less than 50 back.
 */
function fullYear(twoDigits: number, now: Date): number {
  const thisYear = now.getUTCFullYear()
  const year = thisYear - (thisYear % 100) + twoDigits
  if (year - thisYear >= 51) return year - 100
  return year - thisYear <= -50 ? year + 100 : year
}

function dayOf(text: string, now: Date): Day {
  return {
    year: fullYear(Number(text.slice(0, 2)), now),
    month: Number(text.slice(2, 4)),
    day: Number(text.slice(4, 6)),
  }
}

const daysIn = ({ year, month }: Day) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Why six digits `YYMMDD` are no day; `null`: they are one. */
export function dayProblem(
  text: string,
  now: Date,
  { mayBeWholeMonth }: { mayBeWholeMonth: boolean },
): string | null {
  const date = dayOf(text, now)
  if (date.month < 1 || date.month > 12) return 'has no such month'
  if (date.day === 0) return mayBeWholeMonth ? null : 'must name a day'
  return date.day > daysIn(date) ? 'has no such day' : null
}

/** Six digits `YYMMDD` as `YYYY-MM-DD`. Day 00 means the last of the month. */
export function dayText(text: string, now: Date): string {
  const date = dayOf(text, now)
  const day = date.day === 0 ? daysIn(date) : date.day
  return `${date.year}-${String(date.month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
