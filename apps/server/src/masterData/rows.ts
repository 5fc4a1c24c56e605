import type { categories, Connection, locations, lots, partners, products, Tx } from '@stockbook/db'
import { and, eq, getColumns, type SQL, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { StockError } from '../errors.ts'
import { archivedIs } from '../lists/filters.ts'
import { keyset, type ListInput, type SortKey } from '../lists/keyset.ts'

/** The tables that people keep by hand. All have the lifecycle columns. */
export type MasterTable =
  | typeof categories
  | typeof locations
  | typeof lots
  | typeof partners
  | typeof products

type Row<T extends MasterTable> = T['$inferSelect']

/** One page of a table's rows; every such list can also be sorted by `createdAt`. */
export async function listRows<T extends MasterTable, Sort extends string>(
  db: Connection,
  table: T,
  input: ListInput<Sort | 'createdAt'> & { archived: boolean | 'all' },
  sorts: Record<Exclude<Sort, 'createdAt'>, SortKey>,
  ...conditions: (SQL | undefined)[]
) {
  const list = keyset<string>(
    input,
    { ...sorts, createdAt: { by: table.createdAt, type: 'timestamptz' } },
    { by: table.id, type: 'uuid' },
  )
  const rows = await db
    .select({ ...getColumns(table as MasterTable), position: list.position })
    .from(table as MasterTable)
    .where(list.where(archivedIs(table.archivedAt, input.archived), ...conditions))
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row as unknown as Row<T>)
}

/** A row by its id. */
export async function getRow<T extends MasterTable>(
  db: Connection,
  table: T,
  id: string,
): Promise<Row<T>> {
  const [row] = await db
    .select()
    .from(table as MasterTable)
    .where(eq(table.id, id))
  if (!row) throw new StockError('NOT_FOUND', { id })
  return row as Row<T>
}

/**
 * A row by its id, kept from change by others, and from movements that name it, until the
 * transaction ends.
 */
export async function lockRow<T extends MasterTable>(
  tx: Tx,
  table: T,
  id: string,
): Promise<Row<T>> {
  const [row] = await tx
    .select()
    .from(table as MasterTable)
    .where(eq(table.id, id))
    .for('update')
  if (!row) throw new StockError('NOT_FOUND', { id })
  return row as Row<T>
}

/**
 * Changes a row and raises its version.
 * @throws StockError NOT_FOUND; CHANGED_MEANWHILE when it no longer has the expected version.
 */
export async function updateRow<T extends MasterTable>(
  db: Connection,
  table: T,
  { id, expectedVersion }: { id: string; expectedVersion?: number | undefined },
  changes: PgUpdateSetSource<T>,
): Promise<Row<T>> {
  const [row] = await db
    .update(table as MasterTable)
    .set({ ...changes, version: sql`${table.version} + 1`, updatedAt: sql`now()` } as never)
    .where(
      and(
        eq(table.id, id),
        expectedVersion === undefined ? undefined : eq(table.version, expectedVersion),
      ),
    )
    .returning()
  if (row) return row as Row<T>
  const { version } = await getRow(db, table, id)
  throw new StockError('CHANGED_MEANWHILE', { id, expectedVersion, version })
}

/** Takes a row out of use, or back into use. Doing it twice changes nothing. */
export function archiveRow<T extends MasterTable>(
  db: Connection,
  table: T,
  { archived, ...which }: { id: string; expectedVersion?: number | undefined; archived: boolean },
): Promise<Row<T>> {
  const archivedAt = archived ? sql`coalesce(${table.archivedAt}, now())` : null
  return updateRow(db, table, which, { archivedAt } as unknown as PgUpdateSetSource<T>)
}
