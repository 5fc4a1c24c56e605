import { type Db, jobs } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { allJobs } from './catalogue.ts'
import type { Job } from './job.ts'

type Row = typeof jobs.$inferSelect

/** Everything that the servers do by the clock, and how it goes. */
export async function listJobs(db: Db) {
  const rows = await db
    .select({ row: jobs, nowMs: sql<number>`extract(epoch from now()) * 1000`.mapWith(Number) })
    .from(jobs)
  const known = new Map(rows.map(({ row }) => [row.name, row]))
  const nowMs = rows[0]?.nowMs ?? 0
  return { items: allJobs.map((job) => toJob(job, known.get(job.name), nowMs)), nextCursor: null }
}

function toJob(job: Job, row: Row | undefined, nowMs: number) {
  return {
    name: job.name,
    state: row ? stateOf(job, row, nowMs) : ('waiting' as const),
    everySeconds: Math.round(job.everyMs / 1000),
    lastRunAt: row?.lastRunAt ?? null,
    lastRunBy: row?.lastRunBy ?? null,
    durationMs: row?.durationMs ?? null,
    handled: row?.handled ?? 0,
    handledInAll: row?.handledInAll ?? 0,
    lastSuccessAt: row?.lastSuccessAt ?? null,
    lastFailureAt: row?.lastFailureAt ?? null,
    lastFailureBy: row?.lastFailureBy ?? null,
    lastError: row?.lastError ?? null,
  }
}

/** Some runs are slow, and those that say nothing new are written down every ten seconds only. */
const graceMs = 30_000

function stateOf({ everyMs }: Job, { lastSuccessAt, lastFailureAt }: Row, nowMs: number) {
  const isWithin = (moment: Date | null, ms: number) =>
    moment !== null && moment.getTime() > nowMs - ms
  // A success of another server does not hide it.
  if (isWithin(lastFailureAt, everyMs + graceMs)) return 'failing' as const
  return isWithin(lastSuccessAt, 3 * everyMs + graceMs) ? ('working' as const) : ('late' as const)
}
