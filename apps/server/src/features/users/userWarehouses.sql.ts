import { userWarehouses, users } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/**
 * The warehouses that a user is restricted to, as a column beside those of `users`. Null: to none.
 * Read on every call, so it is what costs PostgreSQL least: neither aggregated nor sorted there.
 */
export const warehouseIds = sql`array(
  select own.warehouse_id from ${userWarehouses} own where own.user_id = ${users.id})::text[]`.mapWith(
  noneIsNull,
)

function noneIsNull(ids: unknown): string[] | null {
  const all = ids as string[]
  return all.length === 0 ? null : all.toSorted()
}
