import { StockError } from '../../errors.ts'
import { openOf } from './life.ts'
import { type ReservationRow, runsOutBy } from './reservations.sql.ts'

/** Why so much cannot be shipped against a reservation now; null when it can. */
export function refuseShipment(
  reservation: ReservationRow,
  requested: number,
  now: Date,
): StockError | null {
  const { id: reservationId, status, expiresAt } = reservation
  const open = openOf(reservation)
  if (status === 'expired' || (open > 0 && runsOutBy(reservation, now))) {
    return new StockError('RESERVATION_EXPIRED', { reservationId, expiresAt })
  }
  if (open === 0) return new StockError('RESERVATION_CLOSED', { reservationId, status })
  return requested > open
    ? new StockError('RESERVATION_EXCEEDED', { reservationId, open, requested })
    : null
}
