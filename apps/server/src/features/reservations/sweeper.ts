import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { type Repeating, repeat } from '../../repeat.ts'
import { expireReservations } from './expire.ts'

/** How long it may take until it is written down that a reservation has expired. */
const intervalMs = 1_000

/** Writes down, again and again, which reservations have expired. Several servers may do so at once. */
export const startReservationSweeper = (db: Db, log: Logger): Repeating =>
  repeat(() => expireReservations(db), {
    everyMs: intervalMs,
    log,
    says: {
      failing: 'expired reservations cannot be written down',
      workingAgain: 'expired reservations are written down again',
    },
  })
