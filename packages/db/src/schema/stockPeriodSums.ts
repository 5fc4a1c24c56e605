import { bigint, date, pgEnum, pgTable, primaryKey } from 'drizzle-orm/pg-core'

export const stockPeriod = pgEnum('stock_period', ['day', 'month'])

/**
 * By how much a level changed in a day or month (of UTC), kept apart by the day or month in which
 * the book learned of it: what was on hand at a past moment is read from few of these rows. What a
 * level gained on its latest day stands on the level itself until the next day begins. Only the
 * trigger of `stock_movements` writes here, under the lock of the level; any other statement is
 * refused.
 */
export const stockPeriodSums = pgTable(
  'stock_period_sums',
  {
    /** No foreign key: a level is never deleted, and `stock.verify` proves these rows. */
    levelId: bigint('level_id', { mode: 'number' }).notNull(),
    period: stockPeriod('period').notNull(),
    /** The day, or the first of the month, in which it happened. */
    occurredOn: date('occurred_on', { mode: 'string' }).notNull(),
    /** The day, or the first of the month, in which the book learned of it. */
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    /** Base units gained; below zero: lost. */
    change: bigint('change', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({
      name: 'stock_period_sums_pkey',
      columns: [table.levelId, table.period, table.occurredOn, table.recordedOn],
    }),
  ],
)
