import { auditLinker } from '../audit/linker.ts'
import { attemptSweeper } from '../auth/attemptSweeper.ts'
import { reservationSweeper } from '../reservations/sweeper.ts'
import type { Job } from './job.ts'

/** Everything that a server does by the clock. */
export const allJobs: readonly Job[] = [auditLinker, reservationSweeper, attemptSweeper]
