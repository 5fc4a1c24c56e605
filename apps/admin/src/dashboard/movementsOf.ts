import { momentsOf } from '../filters/ways.ts'
import { filteredList } from '../pages/filteredList.ts'

/** The address of the movements of a day, `YYYY-MM-DD` by the clock of the person. */
export const movementsOf = (day: string): string =>
  filteredList('movements', { where: { occurredAt: momentsOf(day) ?? {} } })
