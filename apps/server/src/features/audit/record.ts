import type { AuditedEntity } from '@stockbook/client/contract'
import { auditLog, type Tx } from '@stockbook/db'
import type { Author } from '../../context.ts'
import { currentRequestId } from '../../requestScope.ts'

export type Change = {
  entity: AuditedEntity
  entityId: string
  /** Null: it did not exist. Must hold no secret. */
  before: object | null
  after: object | null
}

/** Writes into the audit log, in the transaction of the change, what it changed and who did it. */
export async function recordChange(tx: Tx, author: Author, change: Change): Promise<void> {
  await tx.insert(auditLog).values({
    ...change,
    before: change.before as Record<string, unknown> | null,
    after: change.after as Record<string, unknown> | null,
    actorId: author.id,
    action: author.procedure,
    requestId: currentRequestId(),
  })
}
