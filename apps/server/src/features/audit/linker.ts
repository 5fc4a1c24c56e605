import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { linkAudit } from './audit.ts'

/** How long a committed row may wait for its link. */
const intervalMs = 1_000

/** Whether a statement is this program's own clockwork, of which an echo of statements tells nothing. */
export const isLinking = (statement: string) => statement.startsWith('select audit_link(')

/**
 * Links new rows of the audit log again and again, apart from the writers, who so never wait for
 * each other. Several servers may do so at once.
 */
export function startAuditLinker(db: Db, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> | null = null
  let isFailing = false
  const link = async () => {
    try {
      await linkAudit(db)
      if (isFailing) log.info('the audit log is linked again')
      isFailing = false
    } catch (error) {
      // Told once: it is tried again every second, and while the database is away all are the same.
      if (!isFailing) log.warn({ err: error }, 'the audit log cannot be linked')
      isFailing = true
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
