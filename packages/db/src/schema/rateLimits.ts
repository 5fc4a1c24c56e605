import { bigint, integer, pgTable, varchar } from 'drizzle-orm/pg-core'

/** How often something was tried lately. The shape is that of the library rate-limiter-flexible. */
export const rateLimits = pgTable('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint('expire', { mode: 'number' }),
})
