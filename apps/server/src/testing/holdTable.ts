import { createDb } from '@stockbook/db'
import { sql } from 'drizzle-orm'

export type HeldTable = {
  /**
   * Resolves once a session waits for the table.
   * @param act what to do to it, as SQL over its `pid`. Default: nothing.
   */
  whenOneWaits(act?: string): Promise<void>
  /** Lets those who wait go on. */
  release(): Promise<void>
}

/** Locks a table of a test database, so that whoever reads it waits. */
export async function holdTable(databaseUrl: string, table: string): Promise<HeldTable> {
  const holder = createDb({ url: databaseUrl, maxConnections: 1 })
  // Its own session: inside a transaction, PostgreSQL shows the same activity for ever.
  const watcher = createDb({ url: databaseUrl, maxConnections: 1 })
  await holder.execute(sql`begin`)
  await holder.execute(sql`lock table ${sql.identifier(table)}`)
  return {
    async whenOneWaits(act = 'true') {
      for (;;) {
        const { rows } = await watcher.execute<{ done: boolean }>(sql`
          select ${sql.raw(act)} as done from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`)
        if (rows.length > 0) return
      }
    },
    async release() {
      await Promise.all([holder.$client.end(), watcher.$client.end()])
    },
  }
}
