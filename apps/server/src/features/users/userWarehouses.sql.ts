import { userWarehouses, users } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** The warehouses that a user is restricted to, as a column beside those of `users`. Null: to none. */
export const warehouseIds = sql<string[] | null>`(
  select array_agg(own.warehouse_id::text order by own.warehouse_id) from ${userWarehouses} own
  where own.user_id = ${users.id})`
