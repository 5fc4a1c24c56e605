import type { BookState } from '../movements/bookState.ts'
import type { Line } from '../movements/lines.ts'
import { type ReservationRow, runsOutBy } from './reservations.sql.ts'

/** The reservation against which a line's goods were shipped that it takes back; null when none was. */
export function takenBackFrom(
  { reversesId }: Line,
  { named }: Pick<BookState, 'named'>,
): string | null {
  return reversesId === null ? null : (named.originals.get(reversesId)?.reservationId ?? null)
}

/**
 * Whether a reservation holds again what was shipped against it, when that is taken back. One that
 * somebody has given back, or whose time has run out, stays ended: the goods come back as free stock.
 */
export function mayReopen(reservation: ReservationRow, now: Date): boolean {
  const { status } = reservation
  return status !== 'released' && status !== 'expired' && !runsOutBy(reservation, now)
}

/**
 * What lines give back to reservations, since they take back what was shipped against them.
 * @param find the reservation of an id, as it is before the lines; nothing when it is of no concern
 */
export function reopeningsBy(
  lines: readonly Line[],
  find: (id: string) => ReservationRow | undefined,
  book: Pick<BookState, 'named' | 'now'>,
) {
  return lines.flatMap((line) => {
    const id = takenBackFrom(line, book)
    const reservation = id === null ? undefined : find(id)
    return reservation && mayReopen(reservation, book.now)
      ? [{ reservation, kind: 'reversed' as const, quantity: line.quantity }]
      : []
  })
}
