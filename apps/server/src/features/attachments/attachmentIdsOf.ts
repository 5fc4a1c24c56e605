import { attachments, type Db } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { columnNames } from './entities.ts'

type Entity = keyof typeof columnNames

/** The files that a row has or had. None when there is no such row, or no files of its kind. */
export async function attachmentIdsOf(
  db: Db,
  { entity, entityId }: { entity?: string | undefined; entityId?: string | undefined },
): Promise<string[]> {
  if (entity === undefined || !Object.hasOwn(columnNames, entity)) return []
  if (!z.uuid().safeParse(entityId).success) return []
  const rows = await db
    .select({ id: attachments.id })
    .from(attachments)
    .where(eq(attachments[columnNames[entity as Entity]], entityId!))
  return rows.map(({ id }) => id)
}
