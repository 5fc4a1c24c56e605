import { z } from 'zod'
import { query } from './define.ts'
import { moment } from './values.ts'

/**
 * `audit.link`: links the new rows of the audit log. `reservations.expire`: writes down which
 * reservations have expired. `attempts.forget`: forgets attempts to sign in that no longer count.
 */
export const jobName = z.enum(['audit.link', 'reservations.expire', 'attempts.forget'])

export type JobName = z.infer<typeof jobName>

/**
 * `working`: it is done as often as it should be. `failing`: a run of some server failed less than one
 * round and half a minute ago. `late`: for three rounds and half a minute no run has succeeded,
 * because it hangs or because no server does it. `waiting`: it was never done yet.
 */
export const jobState = z.enum(['working', 'failing', 'late', 'waiting'])

export const job = z.object({
  name: jobName,
  state: jobState,
  /** How often each server does it. */
  everySeconds: z.int(),
  /** When the last run began. Known to ten seconds, as all that is told of runs which did nothing. `null`: never. */
  lastRunAt: moment.nullable(),
  /** The process and machine that did the last run, for instance `4711@warehouse-1`. `null`: none. */
  lastRunBy: z.string().nullable(),
  /** Milliseconds that the last run took. `null`: it is under way, or there was none. */
  durationMs: z.int().nullable(),
  /** How many things the last run had to do. */
  handled: z.int(),
  /** How many things all runs did. */
  handledInAll: z.int(),
  lastSuccessAt: moment.nullable(),
  /** It stays after a success, with its reason. `null`: it never failed. */
  lastFailureAt: moment.nullable(),
  lastFailureBy: z.string().nullable(),
  /** Why the last failure happened, in the words of what failed. `null`: it never failed. */
  lastError: z.string().nullable(),
})

export const jobs = {
  /** What the servers do by the clock, and how it goes. All servers on one database share the work. */
  list: query('admin', {
    input: z.strictObject({}).optional(),
    output: z.object({ items: z.array(job), nextCursor: z.null() }),
  }),
}
