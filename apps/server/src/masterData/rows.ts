import {
  type categories,
  type Connection,
  type locations,
  type lots,
  type partners,
  type products,
  type Tx,
} from '@stockbook/db'
import { and, eq, getColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { StockError } from '../errors.ts'
import { archivedIs } from '../lists/filters.ts'
import { keyset, type ListInput, type SortKey } from '../lists/keyset.ts'
import { readPage } from '../lists/readPage.ts'

/** The tables that people keep by hand. All have the lifecycle columns. */
export type MasterTable =
  | typeof categories
  | typeof locations
  | typeof lots
  | typeof partners
  | typeof products

type Row<T extends MasterTable> = T['$inferSelect']

type MoreColumns = Record<string, SQL>
type MoreValues<More extends MoreColumns> = {
  [Name in keyof More]: More[Name] extends SQL<infer Value> ? Value : never
}

type RowsInput<Sort extends string> = ListInput<Sort | 'createdAt'> & { archived: boolean | 'all' }

/** One page of a table's rows; every such list can also be sorted by `createdAt`. */
export const listRows = <T extends MasterTable, Sort extends string>(
  db: Connection,
  table: T,
  input: RowsInput<Sort>,
  sorts: Record<Exclude<Sort, 'createdAt'>, SortKey>,
  ...conditions: (SQL | undefined)[]
) => listRowsWith(db, table, {}, input, sorts, ...conditions)

/** The same, with more columns. */
export async function listRowsWith<
  T extends MasterTable,
  Sort extends string,
  More extends MoreColumns,
>(
  db: Connection,
  table: T,
  more: More,
  input: RowsInput<Sort>,
  sorts: Record<Exclude<Sort, 'createdAt'>, SortKey>,
  ...conditions: (SQL | undefined)[]
) {
  const list = keyset<string>(
    input,
    { ...sorts, createdAt: { by: table.createdAt, type: 'timestamptz' } },
    { by: table.id, type: 'uuid' },
  )
  const statement = db
    .select({ ...getColumns(table as MasterTable), ...more, position: list.position })
    .from(table as MasterTable)
    .where(list.where(archivedIs(table.archivedAt, input.archived), ...conditions))
    .orderBy(...list.orderBy)
    .limit(list.limit)
  const rows = await readPage(statement, input.limit, conditions)
  return list.page(rows as never[], (row) => row as unknown as Row<T> & MoreValues<More>)
}

/** A row by its id, if the conditions hold of it too. */
export async function getRow<T extends MasterTable>(
  db: Connection,
  table: T,
  id: string,
  ...conditions: (SQL | undefined)[]
): Promise<Row<T>> {
  const [row] = await db
    .select()
    .from(table as MasterTable)
    .where(and(eq(table.id, id), ...conditions))
  if (!row) throw new StockError('NOT_FOUND', { id })
  return row as Row<T>
}

/**
 * A row by its id, kept from change by others until the transaction ends. With `update` movements
 * that name it wait too; with `no key update` they do not.
 */
export async function lockRow<T extends MasterTable>(
  tx: Tx,
  table: T,
  id: string,
  strength: 'update' | 'no key update',
): Promise<Row<T>> {
  const [row] = await tx
    .select()
    .from(table as MasterTable)
    .where(eq(table.id, id))
    .for(strength)
  if (!row) throw new StockError('NOT_FOUND', { id })
  return row as Row<T>
}

/**
 * The row that an input names, or null where it names none.
 * @param named what the input is of, and the field that holds the id
 * @param options.kept waits for somebody who is archiving the row, and holds off the next
 * @throws StockError REFERENCE_NOT_FOUND
 */
export async function namedRow<T extends MasterTable, Id extends string | null | undefined>(
  tx: Tx,
  table: T,
  id: Id,
  named: { entity: string; field: string },
  { kept = false }: { kept?: boolean } = {},
): Promise<Row<T> | (Id extends string ? never : null)> {
  type None = Id extends string ? never : null
  if (!id) return null as None
  const rows = tx
    .select()
    .from(table as MasterTable)
    .where(eq(table.id, id))
    .$dynamic()
  const [row] = await (kept ? rows.for('key share') : rows)
  if (!row) throw new StockError('REFERENCE_NOT_FOUND', { ...named, value: id })
  return row as Row<T>
}

/**
 * The rows that an input names, by their ids; the same as `namedRow` for many at once.
 * @throws StockError REFERENCE_NOT_FOUND for the first that is not there
 */
export async function namedRows<T extends MasterTable>(
  tx: Tx,
  table: T,
  ids: readonly string[],
  named: { entity: string; field: string },
  { kept = false }: { kept?: boolean } = {},
): Promise<Map<string, Row<T>>> {
  if (ids.length === 0) return new Map()
  const rows = tx
    .select()
    .from(table as MasterTable)
    .where(inArray(table.id, [...new Set(ids)]))
    .orderBy(table.id)
    .$dynamic()
  const found = new Map(
    (await (kept ? rows.for('key share') : rows)).map((row) => [row.id, row as Row<T>]),
  )
  const value = ids.find((id) => !found.has(id))
  if (value) throw new StockError('REFERENCE_NOT_FOUND', { ...named, value })
  return found
}

/**
 * Nothing new is put under, or given to, what is out of use. Does nothing without an id; a row that
 * is not there is left to the foreign key. The lock waits for somebody who is archiving it.
 * @param field what the input calls it
 * @throws StockError ARCHIVED
 */
export async function refuseArchived(
  tx: Tx,
  table: MasterTable,
  id: string | null | undefined,
  field: string,
): Promise<void> {
  if (!id) return
  const [row] = await tx
    .select({ archivedAt: table.archivedAt })
    .from(table)
    .where(eq(table.id, id))
    .for('key share')
  if (row?.archivedAt) throw new StockError('ARCHIVED', { field, id })
}

/** Adds a row. */
export async function insertRow<T extends MasterTable>(
  tx: Tx,
  table: T,
  values: PgInsertValue<T>,
): Promise<Row<T>> {
  const [row] = await tx
    .insert(table as MasterTable)
    .values(values as never)
    .returning()
  return row as Row<T>
}

type Which = { id: string; expectedVersion?: number | undefined }

/**
 * Changes a row that the transaction has locked, and raises its version.
 * @throws StockError CHANGED_MEANWHILE when it does not have the expected version.
 */
export async function updateRow<T extends MasterTable>(
  tx: Tx,
  table: T,
  locked: Row<T>,
  { id, expectedVersion }: Which,
  changes: PgUpdateSetSource<T>,
): Promise<Row<T>> {
  if (expectedVersion !== undefined && expectedVersion !== locked.version) {
    throw new StockError('CHANGED_MEANWHILE', { id, expectedVersion, version: locked.version })
  }
  const [row] = await tx
    .update(table as MasterTable)
    .set({ ...changes, version: sql`${table.version} + 1`, updatedAt: sql`now()` } as never)
    .where(eq(table.id, id))
    .returning()
  return row as Row<T>
}

/** The change that takes a row out of use, or back into use. Doing it twice changes nothing. */
export function archiving<T extends MasterTable>(table: T, archived: boolean) {
  const archivedAt = archived ? sql`coalesce(${table.archivedAt}, now())` : null
  return { archivedAt } as unknown as PgUpdateSetSource<T>
}
