import type { Job } from '../jobs/job.ts'
import { forgetEnded } from './attempts.ts'

/** Keeps the counters of attempts to sign in from growing for ever. */
export const attemptSweeper: Job = {
  name: 'attempts.forget',
  everyMs: 300_000,
  run: forgetEnded,
  says: {
    failing: 'old attempts to sign in cannot be forgotten',
    workingAgain: 'old attempts to sign in are forgotten again',
  },
}
