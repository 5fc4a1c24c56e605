import { attachmentContents, attachments, type Db, inTransaction } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { recordChange } from '../audit/record.ts'
import { getAttachment, notFound } from './attachments.ts'

/** Takes the bytes of a file away for good, and says so in the audit log. */
export function removeAttachment(db: Db, actor: Actor, { id }: { id: string }) {
  return inTransaction(db, async (tx) => {
    const [before] = await tx
      .select()
      .from(attachments)
      .where(eq(attachments.id, id))
      .for('no key update')
    if (!before) throw notFound(id)
    if (before.removedAt === null) {
      const [after] = await tx
        .update(attachments)
        .set({ removedAt: sql`now()`, removedBy: actor.id })
        .where(eq(attachments.id, id))
        .returning()
      await tx.delete(attachmentContents).where(eq(attachmentContents.attachmentId, id))
      await recordChange(tx, actor, {
        entity: 'attachment',
        entityId: id,
        before,
        after: after ?? null,
      })
    }
    return getAttachment(tx, id)
  })
}
