import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseUnits, moment } from './columns.ts'
import { commands } from './commands.ts'
import { lots } from './lots.ts'
import { packagings } from './packagings.ts'
import { inventoryCheckLines } from './inventoryCheckLines.ts'
import { reservations } from './reservations.ts'

export const movementType = pgEnum('movement_type', [
  'incoming',
  'outgoing',
  'transfer',
  'adjustment',
])

/**
 * The book: one row for each quantity that moved. Triggers refuse UPDATE, DELETE and TRUNCATE,
 * keep `stock_levels` equal to the sum of these rows, and check the rules that span rows.
 *
 * That its product and places exist is proven by the levels: they have the foreign keys, there is one for
 * each side of a movement, and none is ever deleted. Proven for each movement it took a quarter of its time.
 */
export const stockMovements = pgTable(
  'stock_movements',
  {
    /** The position in the book. */
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    commandId: uuid('command_id').notNull(),
    /** Which line of its command this is, from 0. */
    line: integer('line').notNull(),
    type: movementType('type').notNull(),
    productId: uuid('product_id').notNull(),
    lotId: uuid('lot_id'),
    /** Absent: from outside, or found. */
    fromLocationId: uuid('from_location_id'),
    /** Absent: to outside, or lost. */
    toLocationId: uuid('to_location_id'),
    quantity: baseUnits('quantity').notNull(),
    /** How it was counted, when not in base units. The book reckons with `quantity` alone. */
    packagingId: uuid('packaging_id'),
    packagingQuantity: numeric('packaging_quantity', { precision: 24, scale: 6 }),
    reason: text('reason'),
    /** The movement that this one takes back. */
    reversesId: bigint('reverses_id', { mode: 'number' }),
    /** What was set aside for it: an outgoing movement ships against a reservation. */
    reservationId: uuid('reservation_id'),
    /** The line of an inventory check whose count this adjustment carries into the book. */
    checkLineId: uuid('check_line_id'),
    /** The movement learned of late, whose goods a posted count had already seen: undone by this. */
    compensatesId: bigint('compensates_id', { mode: 'number' }),
    occurredAt: moment('occurred_at').notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'stock_movements_command_id_fkey',
      columns: [table.commandId],
      foreignColumns: [commands.id],
    }),
    // Both columns, so that a movement cannot name another product's lot or packaging.
    foreignKey({
      name: 'stock_movements_lot_id_fkey',
      columns: [table.lotId, table.productId],
      foreignColumns: [lots.id, lots.productId],
    }),
    foreignKey({
      name: 'stock_movements_packaging_id_fkey',
      columns: [table.packagingId, table.productId],
      foreignColumns: [packagings.id, packagings.productId],
    }),
    foreignKey({
      name: 'stock_movements_reverses_id_fkey',
      columns: [table.reversesId],
      foreignColumns: [table.id],
    }),
    foreignKey({
      name: 'stock_movements_reservation_id_fkey',
      columns: [table.reservationId],
      foreignColumns: [reservations.id],
    }),
    foreignKey({
      name: 'stock_movements_check_line_id_fkey',
      columns: [table.checkLineId],
      foreignColumns: [inventoryCheckLines.id],
    }),
    foreignKey({
      name: 'stock_movements_compensates_id_fkey',
      columns: [table.compensatesId],
      foreignColumns: [table.id],
    }),
    check(
      'stock_movements_reservation_check',
      sql`${table.reservationId} is null or ${table.type} = 'outgoing'`,
    ),
    check(
      'stock_movements_count_check',
      sql`(${table.checkLineId} is null and ${table.compensatesId} is null) or ${table.type} = 'adjustment'`,
    ),
    check('stock_movements_quantity_check', sql`${table.quantity} between 1 and 9007199254740991`),
    check(
      'stock_movements_sides_check',
      sql`case ${table.type}
        when 'incoming' then ${table.fromLocationId} is null and ${table.toLocationId} is not null
        when 'outgoing' then ${table.fromLocationId} is not null and ${table.toLocationId} is null
        when 'transfer' then ${table.fromLocationId} is not null and ${table.toLocationId} is not null
          and ${table.fromLocationId} <> ${table.toLocationId}
        when 'adjustment' then (${table.fromLocationId} is null) <> (${table.toLocationId} is null)
      end`,
    ),
    check(
      'stock_movements_reason_check',
      sql`${table.type} <> 'adjustment' or ${table.reason} is not null`,
    ),
    check(
      'stock_movements_packaging_check',
      sql`(${table.packagingId} is null) = (${table.packagingQuantity} is null)`,
    ),
    // A scanner's clock may run a little ahead of ours, a movement may not.
    check(
      'stock_movements_occurred_at_check',
      sql`${table.occurredAt} <= ${table.recordedAt} + interval '5 minutes'`,
    ),
    unique('stock_movements_command_id_line_key').on(table.commandId, table.line),
    unique('stock_movements_reverses_id_key').on(table.reversesId), // reversed at most once
    // A count is carried into the book once.
    uniqueIndex('stock_movements_check_line_id_key')
      .on(table.checkLineId)
      .where(sql`${table.checkLineId} is not null and ${table.compensatesId} is null`),
    index('stock_movements_reservation_id_idx')
      .on(table.reservationId)
      .where(sql`${table.reservationId} is not null`),
    index('stock_movements_compensates_id_idx')
      .on(table.compensatesId)
      .where(sql`${table.compensatesId} is not null`),
    // Few among many; the other types are never rare.
    index('stock_movements_adjustment_idx').on(table.id).where(sql`${table.type} = 'adjustment'`),
    index('stock_movements_occurred_at_idx').on(table.occurredAt, table.id), // the list, by date
    // The history of one product. The partial indexes below cannot serve a question about all places.
    index('stock_movements_product_id_idx').on(table.productId, table.occurredAt, table.id),
    // "Where did this lot come from, and to whom did it go."
    index('stock_movements_lot_id_idx')
      .on(table.lotId, table.occurredAt)
      .where(sql`${table.lotId} is not null`),
    // What a backdated command must look through: the later movements of one product at one place.
    index('stock_movements_from_idx')
      .on(table.productId, table.fromLocationId, table.occurredAt)
      .where(sql`${table.fromLocationId} is not null`),
    index('stock_movements_to_idx')
      .on(table.productId, table.toLocationId, table.occurredAt)
      .where(sql`${table.toLocationId} is not null`),
  ],
)
