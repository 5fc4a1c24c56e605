import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/**
 * How the work goes that the servers do by the clock: one row for each job, which whichever server
 * did it last brings up to date. All times are by the database's clock.
 */
export const jobs = pgTable('jobs', {
  name: text('name').primaryKey(),
  /** When the last run began. */
  lastRunAt: moment('last_run_at').notNull(),
  /** The process and machine that did it, `1234@host`. */
  lastRunBy: text('last_run_by').notNull(),
  /** Milliseconds that it took. Absent: it is under way, and has been for long. */
  durationMs: integer('duration_ms'),
  /** How much the last run did. */
  handled: integer('handled').notNull().default(0),
  /** How much all runs did. */
  handledInAll: bigint('handled_in_all', { mode: 'number' }).notNull().default(0),
  lastSuccessAt: moment('last_success_at'),
  lastFailureAt: moment('last_failure_at'),
  lastFailureBy: text('last_failure_by'),
  /** What the last failure was. It stays after a success, so that it can be looked into. */
  lastError: text('last_error'),
})
