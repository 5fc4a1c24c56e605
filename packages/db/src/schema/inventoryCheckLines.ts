import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  numeric,
  pgEnum,
  pgTable,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseUnits, id, lifecycle, moment } from './columns.ts'
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
    /** Found where nothing was expected: was not in the scope when the check was opened. */
    isFound: boolean('is_found').notNull().default(false),
    /** Once posted: when it was counted, what the book expected then, and what was counted. */
    countedAt: moment('counted_at'),
    expected: baseUnits('expected'),
    counted: baseUnits('counted'),
    /** What one base unit was worth when the count was posted. */
    unitCost: numeric('unit_cost', { precision: 14, scale: 4 }),
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
    check(
      'inventory_check_lines_posted_check',
      sql`${table.status} <> 'posted' or (${table.countedAt} is not null
        and ${table.expected} is not null and ${table.counted} is not null)`,
    ),
    // What a movement that is learned of late must look for: a count that saw its goods.
    index('inventory_check_lines_posted_idx')
      .on(table.productId, table.locationId, table.countedAt)
      .where(sql`${table.status} = 'posted'`),
    unique('inventory_check_lines_check_id_key')
      .on(table.checkId, table.productId, table.locationId, table.lotId)
      .nullsNotDistinct(),
    index('inventory_check_lines_check_id_location_id_idx').on(table.checkId, table.locationId), // the list, place by place
    index('inventory_check_lines_product_id_idx').on(table.productId), // "was it counted lately"
  ],
)
