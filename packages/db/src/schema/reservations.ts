import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { baseUnits, id, lifecycle, moment } from './columns.ts'
import { commands } from './commands.ts'
import { locations } from './locations.ts'
import { lots } from './lots.ts'
import { partners } from './partners.ts'
import { products } from './products.ts'
import { users } from './users.ts'

export const reservationStatus = pgEnum('reservation_status', [
  'held',
  'partly_shipped',
  'shipped',
  'released',
  'expired',
  'short',
])

/** Goods that are set aside: on hand, but nobody else's to take. */
export const reservations = pgTable(
  'reservations',
  {
    id: id(),
    /** The command that asked for it. */
    commandId: uuid('command_id').notNull(),
    productId: uuid('product_id').notNull(),
    /** Somewhere in here: a warehouse, a zone or one bin. */
    locationId: uuid('location_id').notNull(),
    /** Absent: of any lot. */
    lotId: uuid('lot_id'),
    /** Base units that were set aside. What is open of them: less `shipped`, less `released`. */
    quantity: baseUnits('quantity').notNull(),
    /** Less what was taken back. */
    shipped: baseUnits('shipped').notNull().default(0),
    /** Given back, by a person or by the clock. */
    released: baseUnits('released').notNull().default(0),
    /** Base units of the open ones that are not there any more: a count or a loss took them. */
    short: baseUnits('short').notNull().default(0),
    status: reservationStatus('status').notNull().default('held'),
    /** From then on it holds nothing. Absent: it holds until somebody releases it. */
    expiresAt: moment('expires_at'),
    /** For whom. */
    partnerId: uuid('partner_id'),
    /** A number on paper or in another system, for instance of the order. */
    reference: text('reference'),
    note: text('note'),
    createdBy: uuid('created_by').notNull(),
    createdAt: lifecycle.createdAt,
    updatedAt: lifecycle.updatedAt,
    version: lifecycle.version,
  },
  (table) => [
    foreignKey({
      name: 'reservations_command_id_fkey',
      columns: [table.commandId],
      foreignColumns: [commands.id],
    }),
    foreignKey({
      name: 'reservations_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    foreignKey({
      name: 'reservations_location_id_fkey',
      columns: [table.locationId],
      foreignColumns: [locations.id],
    }),
    foreignKey({
      name: 'reservations_lot_id_fkey',
      columns: [table.lotId, table.productId],
      foreignColumns: [lots.id, lots.productId],
    }),
    foreignKey({
      name: 'reservations_partner_id_fkey',
      columns: [table.partnerId],
      foreignColumns: [partners.id],
    }),
    foreignKey({
      name: 'reservations_created_by_fkey',
      columns: [table.createdBy],
      foreignColumns: [users.id],
    }),
    check('reservations_quantity_check', sql`${table.quantity} between 1 and 9007199254740991`),
    check(
      'reservations_parts_check',
      sql`${table.shipped} >= 0 and ${table.released} >= 0 and ${table.short} >= 0
        and ${table.shipped} + ${table.released} + ${table.short} <= ${table.quantity}`,
    ),
    // What holds the goods of a product at this moment: few rows of many.
    index('reservations_open_idx')
      .on(table.productId)
      .where(sql`${table.shipped} + ${table.released} < ${table.quantity}`),
    index('reservations_expires_at_idx')
      .on(table.expiresAt)
      .where(sql`${table.shipped} + ${table.released} < ${table.quantity}`),
    index('reservations_product_id_idx').on(table.productId, table.createdAt, table.id), // its list
    index('reservations_created_at_idx').on(table.createdAt, table.id), // the list, page by page
    index('reservations_reference_idx').on(table.reference), // "what is held for this order"
  ],
)
