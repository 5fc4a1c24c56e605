import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseUnits, moment } from './columns.ts'
import { inventoryCheckLines } from './inventoryCheckLines.ts'
import { users } from './users.ts'

/** What somebody counted, and where the book stood at that moment. Counting again adds a row. */
export const inventoryCheckCounts = pgTable(
  'inventory_check_counts',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Made by the counter before the first send, so that a repetition counts once. */
    commandId: uuid('command_id').notNull().default(sql`gen_random_uuid()`),
    lineId: uuid('line_id').notNull(),
    /** 1 for the first count, one more for each recount that was asked for. */
    round: integer('round').notNull(),
    quantity: baseUnits('quantity').notNull(),
    countedBy: uuid('counted_by').notNull(),
    countedAt: moment('counted_at').notNull(),
    /** The last movement in the book when it was counted: what it expects is the sum up to here. */
    bookPosition: bigint('book_position', { mode: 'number' }).notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'inventory_check_counts_line_id_fkey',
      columns: [table.lineId],
      foreignColumns: [inventoryCheckLines.id],
    }),
    foreignKey({
      name: 'inventory_check_counts_counted_by_fkey',
      columns: [table.countedBy],
      foreignColumns: [users.id],
    }),
    check(
      'inventory_check_counts_quantity_check',
      sql`${table.quantity} between 0 and 9007199254740991`,
    ),
    unique('inventory_check_counts_command_id_key').on(table.commandId),
    check('inventory_check_counts_round_check', sql`${table.round} >= 1`),
    index('inventory_check_counts_line_id_idx').on(table.lineId, table.round), // a line's history
  ],
)
