import { foreignKey, index, pgEnum, pgTable, unique, uuid } from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'
import { inventoryChecks } from './inventoryChecks.ts'
import { locations } from './locations.ts'
import { lots } from './lots.ts'
import { products } from './products.ts'

export const inventoryCheckLineStatus = pgEnum('inventory_check_line_status', [
  'to_count',
  'counted',
  'recount',
  'accepted',
  'posted',
  'skipped',
])

/** One thing to count: a product, at a location, of a lot. */
export const inventoryCheckLines = pgTable(
  'inventory_check_lines',
  {
    id: id(),
    checkId: uuid('check_id').notNull(),
    productId: uuid('product_id').notNull(),
    locationId: uuid('location_id').notNull(),
    lotId: uuid('lot_id'),
    status: inventoryCheckLineStatus('status').notNull().default('to_count'),
    updatedAt: lifecycle.updatedAt,
    version: lifecycle.version,
  },
  (table) => [
    foreignKey({
      name: 'inventory_check_lines_check_id_fkey',
      columns: [table.checkId],
      foreignColumns: [inventoryChecks.id],
    }),
    foreignKey({
      name: 'inventory_check_lines_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    foreignKey({
      name: 'inventory_check_lines_location_id_fkey',
      columns: [table.locationId],
      foreignColumns: [locations.id],
    }),
    foreignKey({
      name: 'inventory_check_lines_lot_id_fkey',
      columns: [table.lotId, table.productId],
      foreignColumns: [lots.id, lots.productId],
    }),
    unique('inventory_check_lines_check_id_key')
      .on(table.checkId, table.productId, table.locationId, table.lotId)
      .nullsNotDistinct(),
    index('inventory_check_lines_product_id_idx').on(table.productId), // "was it counted lately"
  ],
)
