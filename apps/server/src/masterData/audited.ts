import type { AuditedEntity } from '@stockbook/client/contract'
import { type Db, inTransaction, type Tx } from '@stockbook/db'
import { getTableName } from 'drizzle-orm'
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Author } from '../context.ts'
import { recordChange } from '../features/audit/record.ts'
import { archiving, insertRow, lockRow, type MasterTable, updateRow } from './rows.ts'

type Row<T extends MasterTable> = T['$inferSelect']
type Which = { id: string; expectedVersion?: number | undefined }

/** What a row of each table is called in the audit log. */
const entityNames: Record<MasterTable['_']['name'], AuditedEntity> = {
  categories: 'category',
  locations: 'location',
  lots: 'lot',
  partners: 'partner',
  products: 'product',
}

export const entityOf = (table: MasterTable) => entityNames[getTableName(table)]

/**
 * Adds a row and says so in the audit log.
 * @param check runs first, in the same transaction; it refuses by throwing
 */
export function createRow<T extends MasterTable>(
  db: Db,
  author: Author,
  table: T,
  values: PgInsertValue<T>,
  check?: (tx: Tx) => Promise<void>,
): Promise<Row<T>> {
  return inTransaction(db, async (tx) => {
    await check?.(tx)
    const after = await insertRow(tx, table, values)
    await recordChange(tx, author, {
      entity: entityOf(table),
      entityId: after.id,
      before: null,
      after,
    })
    return after
  })
}

/**
 * Changes a row and says so in the audit log.
 * @param check runs first, in the same transaction; it refuses by throwing
 * @param strength whether movements that name the row wait, as for `lockRow`. Default: they do not.
 */
export function changeRow<T extends MasterTable>(
  db: Db,
  author: Author,
  table: T,
  which: Which,
  changes: PgUpdateSetSource<T>,
  check?: (tx: Tx) => Promise<void>,
  strength: 'update' | 'no key update' = 'no key update',
): Promise<Row<T>> {
  return inTransaction(db, async (tx) => {
    await check?.(tx)
    const before = await lockRow(tx, table, which.id, strength)
    const after = await updateRow(tx, table, before, which, changes)
    await recordChange(tx, author, { entity: entityOf(table), entityId: which.id, before, after })
    return after
  })
}

/**
 * Takes a row out of use, or back into use, and says so in the audit log.
 * @param check runs while no movement can name the row; it refuses by throwing
 */
export function archiveRow<T extends MasterTable>(
  db: Db,
  author: Author,
  table: T,
  { archived, ...which }: Which & { archived: boolean },
  check?: (tx: Tx) => Promise<void>,
): Promise<Row<T>> {
  return inTransaction(db, async (tx) => {
    const before = await lockRow(tx, table, which.id, 'update')
    if (archived) await check?.(tx)
    const after = await updateRow(tx, table, before, which, archiving(table, archived))
    await recordChange(tx, author, { entity: entityOf(table), entityId: which.id, before, after })
    return after
  })
}
