import { bigint, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { users } from './users.ts'

/**
 * Up to when the book is closed: nothing is posted that happened before. The last row is in force;
 * an earlier date than the one before opens the book again. Rows never change.
 */
export const bookClosings = pgTable(
  'book_closings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What happened at this moment or later may still be posted. */
    closedBefore: moment('closed_before').notNull(),
    reason: text('reason').notNull(),
    closedBy: uuid('closed_by').notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'book_closings_closed_by_fkey',
      columns: [table.closedBy],
      foreignColumns: [users.id],
    }),
    index('book_closings_closed_by_idx').on(table.closedBy),
  ],
)
