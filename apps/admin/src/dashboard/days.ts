/** What moved on one day, by type of movement. */
export type Day = Readonly<Record<MovementType, number>> & {
  /** `YYYY-MM-DD`. */
  day: string
}

/** The types in the order in which they lie on each other. */
export const movementTypes = ['arrivals', 'shipments', 'transfers', 'adjustments'] as const

export type MovementType = (typeof movementTypes)[number]

/** The last days where the browser is, with today: from the first midnight to before the next one. */
export function lastDays(count: number, now: Date): { from: Date; before: Date; days: string[] } {
  const midnight = (offset: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset)
  const days = Array.from({ length: count }, (_, index) => dayOf(midnight(index - count + 1)))
  return { from: midnight(1 - count), before: midnight(1), days }
}

/** Each of the days: those on which nothing moved are left out by the report. */
export function filled(
  days: readonly string[],
  found: readonly (Readonly<Record<MovementType, number>> & { period: string })[],
): Day[] {
  const byDay = new Map(found.map((row) => [row.period, row]))
  return days.map((day) => {
    const row = byDay.get(day)
    const numbers = movementTypes.map((type) => [type, row?.[type] ?? 0])
    return { day, ...(Object.fromEntries(numbers) as Record<MovementType, number>) }
  })
}

export function totalOf(days: readonly Day[], type: MovementType): number {
  return days.reduce((sum, day) => sum + day[type], 0)
}

function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
