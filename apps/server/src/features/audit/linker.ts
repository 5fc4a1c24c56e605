import type { Job } from '../jobs/job.ts'
import { linkAudit } from './audit.ts'

/** Whether a statement is this program's own clockwork, of which an echo of statements tells nothing. */
export const isLinking = (statement: string) => statement.startsWith('select audit_link(')

/** Links new rows of the audit log apart from the writers, who so never wait for each other. */
export const auditLinker: Job = {
  name: 'audit.link',
  /** How long a committed row may wait for its link. */
  everyMs: 1_000,
  run: (db) => linkAudit(db),
  says: {
    failing: 'the audit log cannot be linked',
    workingAgain: 'the audit log is linked again',
  },
}
