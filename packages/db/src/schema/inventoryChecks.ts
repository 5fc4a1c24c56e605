import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { commands } from './commands.ts'
import { id, lifecycle, moment } from './columns.ts'
import { users } from './users.ts'

export const inventoryCheckStatus = pgEnum('inventory_check_status', [
  'open',
  'review',
  'posted',
  'cancelled',
])

/** A stocktake: a document whose lines are counted, reviewed, approved and posted as adjustments. */
export const inventoryChecks = pgTable(
  'inventory_checks',
  {
    id: id(),
    title: text('title').notNull(),
    status: inventoryCheckStatus('status').notNull().default('open'),
    /** Which goods at which places are to be counted, as it was asked for. */
    scope: jsonb('scope').$type<Record<string, unknown>>().notNull(),
    /** The counter never learns what the book expects. */
    isBlind: boolean('is_blind').notNull().default(true),
    /** A variance of at most this share of the expected quantity, and this value, is accepted as it is. */
    acceptPercent: numeric('accept_percent', { precision: 7, scale: 4 }).notNull().default('0'),
    acceptValue: numeric('accept_value', { precision: 14, scale: 4 }).notNull().default('0'),
    /** One of at most this share is settled by another person's recount; above, an administrator approves. */
    recountPercent: numeric('recount_percent', { precision: 7, scale: 4 }).notNull().default('0'),
    /** The count that is under way: 1, and one more with each recount that is asked for. */
    round: integer('round').notNull().default(1),
    openedBy: uuid('opened_by').notNull(),
    /** Why it was cancelled, or what the approver had to say. */
    remark: text('remark'),
    approvedBy: uuid('approved_by'),
    approvedAt: moment('approved_at'),
    /** The command that posted the variances. */
    commandId: uuid('command_id'),
    createdAt: lifecycle.createdAt,
    updatedAt: lifecycle.updatedAt,
    version: lifecycle.version,
  },
  (table) => [
    foreignKey({
      name: 'inventory_checks_opened_by_fkey',
      columns: [table.openedBy],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'inventory_checks_approved_by_fkey',
      columns: [table.approvedBy],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'inventory_checks_command_id_fkey',
      columns: [table.commandId],
      foreignColumns: [commands.id],
    }),
    check(
      'inventory_checks_posted_check',
      sql`${table.status} <> 'posted' or ${table.approvedBy} is not null`,
    ),
    index('inventory_checks_status_idx').on(table.status, table.createdAt), // "what is open"
  ],
)
