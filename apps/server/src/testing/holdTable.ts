import { createDb } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'

export type Held = {
  /**
   * Resolves once a session waits for what is held.
   * @param act what to do to it, as SQL over its `pid`. Default: nothing.
   */
  whenOneWaits(act?: string): Promise<void>
  /** Resolves once so many sessions wait, for what is held or for each other. */
  whenWaiting(count: number): Promise<void>
  /** Lets those who wait go on. */
  release(): Promise<void>
}

/** Locks a table of a test database, so that whoever reads it waits. */
export const holdTable = (databaseUrl: string, table: string): Promise<Held> =>
  hold(databaseUrl, sql`lock table ${sql.identifier(table)}`)

/** The same, but who only reads it does not wait. */
export const holdWrites = (databaseUrl: string, table: string): Promise<Held> =>
  hold(databaseUrl, sql`lock table ${sql.identifier(table)} in share mode`)

/** Locks the stock levels of a product, so that whoever moves it waits. */
export const holdLevels = (databaseUrl: string, productId: string): Promise<Held> =>
  hold(databaseUrl, sql`select from stock_levels where product_id = ${productId} for update`)

async function hold(databaseUrl: string, lock: SQL): Promise<Held> {
  const holder = createDb({ url: databaseUrl, maxConnections: 1 })
  // Its own session: inside a transaction, PostgreSQL shows the same activity for ever.
  const watcher = createDb({ url: databaseUrl, maxConnections: 1 })
  await holder.execute(sql`begin`)
  await holder.execute(lock)

  async function whenWaiting(count: number, act = 'true'): Promise<void> {
    for (;;) {
      const { rows } = await watcher.execute<{ done: boolean }>(sql`
        select ${sql.raw(act)} as done from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`)
      if (rows.length >= count) return
    }
  }

  return {
    whenOneWaits: (act) => whenWaiting(1, act),
    whenWaiting,
    async release() {
      await Promise.all([holder.$client.end(), watcher.$client.end()])
    },
  }
}
