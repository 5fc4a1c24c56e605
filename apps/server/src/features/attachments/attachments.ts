import type { contract, ParsedInput } from '@stockbook/client/contract'
import { attachmentContents, attachments, type Connection, type Db, users } from '@stockbook/db'
import { and, eq, getColumns, isNull } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { columnOf, entityOf } from './entities.ts'
import { isOpenTo } from './isOpenTo.ts'

const columns = { ...getColumns(attachments), createdByName: users.displayName }

type Row = typeof attachments.$inferSelect & { createdByName: string }

function toAttachment(row: Row) {
  const { id, fileName, mediaType, byteSize, sha256, createdBy, createdByName, createdAt } = row
  const file = { id, fileName, mediaType, byteSize, sha256, removedAt: row.removedAt }
  return { ...entityOf(row), ...file, createdBy, createdByName, createdAt }
}

export async function listAttachments(
  db: Db,
  { warehouseIds }: Actor,
  input: ParsedInput<typeof contract.attachments.list>,
) {
  const list = keyset(
    input,
    { createdAt: { by: attachments.createdAt, type: 'timestamptz' } },
    { by: attachments.id, type: 'uuid' },
  )
  const rows = await db
    .select({ ...columns, position: list.position })
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.createdBy))
    .where(
      list.where(
        eq(columnOf(input.entity), input.entityId),
        isNull(attachments.removedAt),
        isOpenTo(warehouseIds),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, toAttachment)
}

/** An attachment by its id, also one that was removed. */
export async function getAttachment(db: Connection, id: string) {
  const [row] = await db
    .select(columns)
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.createdBy))
    .where(eq(attachments.id, id))
  if (!row) throw notFound(id)
  return toAttachment(row)
}

/**
 * An attachment with its bytes.
 * @throws StockError NOT_FOUND when there is none, or none any more
 */
export async function readAttachment(
  db: Connection,
  { warehouseIds }: Pick<Actor, 'warehouseIds'>,
  id: string,
) {
  const [row] = await db
    .select({ ...columns, bytes: attachmentContents.content })
    .from(attachments)
    .innerJoin(users, eq(users.id, attachments.createdBy))
    .innerJoin(attachmentContents, eq(attachmentContents.attachmentId, attachments.id))
    .where(and(eq(attachments.id, id), isNull(attachments.removedAt), isOpenTo(warehouseIds)))
  if (!row) throw notFound(id)
  return { ...toAttachment(row), bytes: row.bytes }
}

export function notFound(id: string): StockError {
  return new StockError('NOT_FOUND', { entity: 'attachment', id })
}
