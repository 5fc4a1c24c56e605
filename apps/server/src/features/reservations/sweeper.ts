import type { Job } from '../jobs/job.ts'
import { expireReservations } from './expire.ts'

/** Writes down which reservations have expired. */
export const reservationSweeper: Job = {
  name: 'reservations.expire',
  /** How long it may take until it is written down that a reservation has expired. */
  everyMs: 1_000,
  run: expireReservations,
  says: {
    failing: 'expired reservations cannot be written down',
    workingAgain: 'expired reservations are written down again',
  },
}
