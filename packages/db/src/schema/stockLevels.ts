import { sql } from 'drizzle-orm'
import { bigint, check, date, foreignKey, index, pgTable, unique, uuid } from 'drizzle-orm/pg-core'
import { baseUnits, moment } from './columns.ts'
import { locations } from './locations.ts'
import { lots } from './lots.ts'
import { products } from './products.ts'

/**
 * What is on hand for a product, at a location, of a lot: the sum of its movements, kept as a row.
 * Only the trigger of `stock_movements` writes here; any other statement is refused.
 */
export const stockLevels = pgTable(
  'stock_levels',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    productId: uuid('product_id').notNull(),
    locationId: uuid('location_id').notNull(),
    lotId: uuid('lot_id'),
    /** Base units. Never below zero: a shortage is a refusal, not a debt. */
    onHand: baseUnits('on_hand').notNull(),
    /** The latest `occurred_at` of its movements: anything dated earlier needs a look at the past. */
    lastOccurredAt: moment('last_occurred_at').notNull(),
    /**
     * The latest day (of UTC) on which something was recorded that had happened that same day. Its
     * sum, and that of its month, stand here and move to `stock_period_sums` when a later one begins:
     * a level that moves all day writes no other row for it.
     */
    openOn: date('open_on', { mode: 'string' }),
    /** Base units gained on that day, of what was recorded that same day. */
    openDayChange: bigint('open_day_change', { mode: 'number' }).notNull().default(0),
    /** Base units gained in that day's month, of what was recorded on the day it happened. */
    openMonthChange: bigint('open_month_change', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    foreignKey({
      name: 'stock_levels_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    foreignKey({
      name: 'stock_levels_location_id_fkey',
      columns: [table.locationId],
      foreignColumns: [locations.id],
    }),
    foreignKey({
      name: 'stock_levels_lot_id_fkey',
      columns: [table.lotId, table.productId],
      foreignColumns: [lots.id, lots.productId],
    }),
    check('stock_levels_on_hand_check', sql`${table.onHand} between 0 and 9007199254740991`),
    unique('stock_levels_product_id_location_id_lot_id_key')
      .on(table.productId, table.locationId, table.lotId)
      .nullsNotDistinct(),
    index('stock_levels_location_id_idx').on(table.locationId), // "what is on this shelf"
    index('stock_levels_lot_id_idx').on(table.lotId), // "where is this lot"
  ],
)
