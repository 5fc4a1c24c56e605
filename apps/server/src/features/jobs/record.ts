import { hostname } from 'node:os'
import type { JobName } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { type Run, writeRun } from './record.sql.ts'

/** Keeps how the runs of one job in this process go. It never fails: that is no fault of the run. */
export type RunRecord = {
  succeeded(handled: number, tookMs: number): Promise<void>
  failed(error: unknown, tookMs: number): Promise<void>
  /** It is under way, and has been for long. */
  lasts(tookMs: number): Promise<void>
}

/** A run that says nothing new is written down no more often than this: most find nothing to do. */
const quietMs = 10_000

/** Longer reasons are cut. */
const longestReason = 500

const by = `${process.pid}@${hostname()}`

type Outcome = { error: string | null; handled: number; tookMs: number }

export function createRecord(db: Db, log: Logger, name: JobName): RunRecord {
  let kept: { at: number; error: string | null } | null = null
  // What happened while the database was away is told when it is back.
  let failure: { at: number; reason: string } | null = null
  let handledSince = 0
  let isAway = false

  async function write(run: Omit<Run, 'name' | 'by'>): Promise<boolean> {
    try {
      await writeRun(db, { name, by, ...run })
      isAway = false
      return true
    } catch (error) {
      if (!isAway) log.warn({ err: error, job: name }, 'how a job goes cannot be written down')
      isAway = true
      return false
    }
  }

  async function ended({ error, handled, tookMs }: Outcome): Promise<void> {
    const now = performance.now()
    handledSince += handled
    if (error !== null) failure = { at: now, reason: error }
    const isNews = kept === null || kept.error !== error || handled > 0
    if (!isNews && now - kept!.at < quietMs) return
    const isWritten = await write({
      beganMsAgo: tookMs,
      durationMs: Math.round(tookMs),
      isSuccess: error === null,
      handled,
      handledSince,
      failure: failure && { msAgo: now - failure.at, reason: failure.reason },
    })
    if (!isWritten) return
    kept = { at: now, error }
    failure = null
    handledSince = 0
  }

  return {
    succeeded: (handled, tookMs) => ended({ error: null, handled, tookMs }),
    failed: (error, tookMs) => ended({ error: reasonOf(error), handled: 0, tookMs }),
    async lasts(tookMs) {
      const underWay = { durationMs: null, isSuccess: false, handled: 0, handledSince: 0 }
      await write({ ...underWay, beganMsAgo: tookMs, failure: null })
    },
  }
}

/**
 * In the words of what failed first. What wraps it, a statement with its values, belongs into the
 * log alone.
 */
function reasonOf(error: unknown): string {
  let first = error
  while (first instanceof Error && first.cause instanceof Error) first = first.cause
  if (!(first instanceof Error)) return String(first).slice(0, longestReason)
  const { code } = first as NodeJS.ErrnoException
  return (first.message || code || first.name).slice(0, longestReason)
}
