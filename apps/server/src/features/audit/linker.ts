import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import { type Repeating, repeat } from '../../repeat.ts'
import { linkAudit } from './audit.ts'

/** How long a committed row may wait for its link. */
const intervalMs = 1_000

/** Whether a statement is this program's own clockwork, of which an echo of statements tells nothing. */
export const isLinking = (statement: string) => statement.startsWith('select audit_link(')

/**
 * Links new rows of the audit log again and again, apart from the writers, who so never wait for
 * each other. Several servers may do so at once.
 */
export const startAuditLinker = (db: Db, log: Logger): Repeating =>
  repeat(() => linkAudit(db), {
    everyMs: intervalMs,
    log,
    says: {
      failing: 'the audit log cannot be linked',
      workingAgain: 'the audit log is linked again',
    },
  })
