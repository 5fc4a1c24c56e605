import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { type Repeating, repeat } from '../../repeat.ts'
import { allJobs } from './catalogue.ts'
import type { Job } from './job.ts'
import { createRecord, type RunRecord } from './record.ts'

/** A run that lasts longer is written down while it is under way: it may hang. */
const longMs = 10_000

/**
 * Does the jobs again and again, and keeps in the database how each goes.
 * @param jobs Default: all there are.
 */
export function startJobs(db: Db, log: Logger, jobs: readonly Job[] = allJobs): Repeating {
  const repeating = jobs.map((job) => {
    const record = createRecord(db, log, job.name)
    const { everyMs, says } = job
    return repeat(() => run(db, job, record), { everyMs, log, says })
  })
  return {
    async stop() {
      await Promise.all(repeating.map((one) => one.stop()))
    },
  }
}

async function run(db: Db, job: Job, record: RunRecord): Promise<void> {
  const start = performance.now()
  const tookMs = () => performance.now() - start
  const watch = setInterval(() => void record.lasts(tookMs()), longMs)
  watch.unref()
  try {
    const handled = await job.run(db)
    clearInterval(watch)
    await record.succeeded(handled, tookMs())
  } catch (error) {
    clearInterval(watch)
    await record.failed(error, tookMs())
    throw error
  }
}
