import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  categories,
  locations,
  lots,
  products,
  type Connection,
  stockLevels,
  type Tx,
} from '@stockbook/db'
import { inArray, sql } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { isWithin } from '../../lists/tree.sql.ts'

type Scope = ParsedInput<typeof contract.checks.open>['scope']

/** @throws StockError REFERENCE_NOT_FOUND when the scope names what does not exist. */
export async function refuseUnknownScope(db: Connection, scope: Scope): Promise<void> {
  for (const [field, table, ids] of [
    ['locationIds', locations, scope.locationIds],
    ['categoryIds', categories, scope.categoryIds],
    ['productIds', products, scope.productIds],
  ] as const) {
    if (!ids) continue
    const rows: { id: string }[] = await db
      .select({ id: table.id })
      .from(table as typeof locations)
      .where(inArray(table.id, ids))
    const known = new Set(rows.map(({ id }) => id))
    const value = ids.find((id) => !known.has(id))
    if (value) throw new StockError('REFERENCE_NOT_FOUND', { field, value })
  }
}

/** What is out of use has no stock, and nobody looks for it. */
const inUse = sql`product.archived_at is null and location.archived_at is null and lot.archived_at is null`

/**
 * Adds a line for every level in the scope, and says whether there are any. Counted are the levels
 * as they are at this moment: what comes later is found, not expected.
 */
export async function addLinesInScope(
  tx: Tx,
  checkId: string,
  scope: Scope,
  includeZero: boolean,
): Promise<boolean> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with added as (
    insert into inventory_check_lines (check_id, product_id, location_id, lot_id)
    select ${checkId}::uuid, level.product_id, level.location_id, level.lot_id
    from ${stockLevels} level
    join ${products} product on product.id = level.product_id
    join ${locations} location on location.id = level.location_id
    left join ${lots} lot on lot.id = level.lot_id
    where ${includeZero ? inUse : sql`level.on_hand > 0`}
      and ${scope.locationIds ? isWithin(sql`level.location_id`, locations, scope.locationIds) : sql`true`}
      and ${scope.categoryIds ? isWithin(sql`product.category_id`, categories, scope.categoryIds) : sql`true`}
      and ${scope.productIds ? sql`level.product_id = any(${sql.param(scope.productIds)}::uuid[])` : sql`true`}
      and ${scope.abcClasses ? sql`product.abc_class = any(${sql.param(scope.abcClasses)}::abc_class[])` : sql`true`}
      returning id
    )
    select id from added limit 1`)
  return rows.length > 0
}
