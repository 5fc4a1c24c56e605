import { userWarehouses, users } from '@stockbook/db'
import { sql } from 'drizzle-orm'

const array = sql`array(
  select own.warehouse_id from ${userWarehouses} own where own.user_id = ${users.id})`

/**
 * The warehouses that a user is restricted to, as a column beside those of `users`. Null: to none.
 * Read on every call, so it is what costs PostgreSQL least: neither aggregated nor sorted there.
 */
export const warehouseIds = sql`${array}::text[]`.mapWith(noneIsNull)

/** The same as a list compares it. */
export const comparedWarehouseIds = sql`nullif(${array}, '{}')`

function noneIsNull(ids: unknown): string[] | null {
  const all = ids as string[]
  return all.length === 0 ? null : all.toSorted()
}
