import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { linkAudit } from './audit.ts'

/** How long a committed row may wait for its link. */
const intervalMs = 1_000

/**
 * Links new rows of the audit log again and again, apart from the writers, who so never wait for
 * each other. Several servers may do so at once.
 */
export function startAuditLinker(db: Db, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> | null = null
  const link = async () => {
    try {
      await linkAudit(db)
    } catch (error) {
      log.warn({ err: error }, 'the audit log could not be linked')
    } finally {
      running = null
    }
  }
  const timer = setInterval(() => {
    running ??= link()
  }, intervalMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
