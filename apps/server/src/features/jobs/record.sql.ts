import { type Db, jobs } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** One run of a job, in milliseconds before now by the caller's clock. */
export type Run = {
  name: string
  by: string
  beganMsAgo: number
  /** `null`: it is under way. */
  durationMs: number | null
  isSuccess: boolean
  handled: number
  /** With what earlier runs did that could not be written down. */
  handledSince: number
  /** The last failure that is not written down yet. */
  failure: { msAgo: number; reason: string } | null
}

/** Whether a statement keeps how a job went: an echo of statements tells nothing of it. */
export const isKeeping = (statement: string) => statement.startsWith('insert into "jobs"')

/** By the database's clock, which is the same for all servers. */
const ago = (ms: number) => sql`clock_timestamp() - make_interval(secs => ${ms / 1000})`

/** Brings a job's row up to date. */
export async function writeRun(db: Db, run: Run): Promise<void> {
  const { name, by, durationMs, failure } = run
  await db.execute(sql`insert into ${jobs} (name, last_run_at, last_run_by, duration_ms, handled,
      handled_in_all, last_success_at, last_failure_at, last_failure_by, last_error)
    values (${name}, ${ago(run.beganMsAgo)}, ${by}, ${durationMs}, ${run.handled}, ${run.handledSince},
      ${run.isSuccess ? ago(0) : null}, ${failure ? ago(failure.msAgo) : null},
      ${failure ? by : null}, ${failure?.reason ?? null})
    on conflict (name) do update set
      last_run_at = excluded.last_run_at,
      last_run_by = excluded.last_run_by,
      duration_ms = excluded.duration_ms,
      handled = excluded.handled,
      handled_in_all = jobs.handled_in_all + excluded.handled_in_all,
      last_success_at = coalesce(excluded.last_success_at, jobs.last_success_at),
      last_failure_at = coalesce(excluded.last_failure_at, jobs.last_failure_at),
      last_failure_by = coalesce(excluded.last_failure_by, jobs.last_failure_by),
      last_error = coalesce(excluded.last_error, jobs.last_error)
    -- One that is under way says nothing of what others have done meanwhile.
    where excluded.duration_ms is not null or jobs.last_run_at <= excluded.last_run_at`)
}
