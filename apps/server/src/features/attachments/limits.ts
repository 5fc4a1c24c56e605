import { maxAttachmentBytesPerHour, maxAttachments } from '@stockbook/client/contract'
import { attachments, type Tx } from '@stockbook/db'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { columnOf } from './entities.ts'

/** Others who add as this user, or to this row, wait: else together they would get past the limits. */
export async function lockAdding(tx: Tx, userId: string, entityId: string): Promise<void> {
  // Everybody in this order: first the user, then the row.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`adds ${userId}`}, 0))`)
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`added to ${entityId}`}, 0))`,
  )
}

/** @throws StockError TOO_MANY_ATTACHMENTS */
export async function refuseFull(
  tx: Tx,
  { entity, entityId }: { entity: Parameters<typeof columnOf>[0]; entityId: string },
): Promise<void> {
  const present = and(eq(columnOf(entity), entityId), isNull(attachments.removedAt))
  if ((await tx.$count(attachments, present)) < maxAttachments) return
  throw new StockError('TOO_MANY_ATTACHMENTS', { entity, entityId, max: maxAttachments })
}

/**
 * What was removed since counts too: it has filled the disk and the log of the database.
 * @throws StockError TOO_MANY_ATTEMPTS with `retryAfterSeconds`, when the oldest file of the hour is out of it
 */
export async function refuseFlood(tx: Tx, userId: string, byteSize: number): Promise<void> {
  const [hour] = await tx
    .select({
      bytes: sql`coalesce(sum(${attachments.byteSize}), 0)`.mapWith(Number),
      retryAfterSeconds:
        sql`ceil(3600 - extract(epoch from now() - min(${attachments.createdAt})))`.mapWith(Number),
    })
    .from(attachments)
    .where(
      and(
        eq(attachments.createdBy, userId),
        gt(attachments.createdAt, sql`now() - interval '1 hour'`),
      ),
    )
  if (!hour || hour.bytes + byteSize <= maxAttachmentBytesPerHour) return
  throw new StockError('TOO_MANY_ATTEMPTS', {
    retryAfterSeconds: Math.max(1, hour.retryAfterSeconds),
  })
}
