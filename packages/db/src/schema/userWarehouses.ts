import { foreignKey, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { locations } from './locations.ts'
import { users } from './users.ts'

/** The warehouses that a user is restricted to. A user without a row works in all of them. */
export const userWarehouses = pgTable(
  'user_warehouses',
  {
    userId: uuid('user_id').notNull(),
    /** A location of the kind `warehouse`; the kind of a location never changes. */
    warehouseId: uuid('warehouse_id').notNull(),
  },
  (table) => [
    // Also the look-up of the caller, on every call.
    primaryKey({ name: 'user_warehouses_pkey', columns: [table.userId, table.warehouseId] }),
    foreignKey({
      name: 'user_warehouses_user_id_fkey',
      columns: [table.userId],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'user_warehouses_warehouse_id_fkey',
      columns: [table.warehouseId],
      foreignColumns: [locations.id],
    }),
  ],
)
