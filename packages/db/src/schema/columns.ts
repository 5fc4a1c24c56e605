import { sql } from 'drizzle-orm'
import { bigint, integer, timestamp, uuid } from 'drizzle-orm/pg-core'

/** A moment, kept to the millisecond: what a JavaScript `Date` holds, so nothing is lost on the way. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A whole number of base units of a product. Safe in a JavaScript number: checks keep it below 2^53. */
export const baseUnits = (name: string) => bigint(name, { mode: 'number' })

/** The id of a row that people create: random, so that it tells nothing and can be made anywhere. */
export const id = () => uuid('id').primaryKey().default(sql`gen_random_uuid()`)

/** When the row was made, last changed and archived, and how often it changed. */
export const lifecycle = {
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  /** Set when the row is out of use. Its past stays; new work with it is refused. */
  archivedAt: moment('archived_at'),
  /** Grows by one with every change, so that two people who edit one row learn of each other. */
  version: integer('version').notNull().default(1),
}
