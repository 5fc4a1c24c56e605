import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { sendTogether } from './sendTogether.ts'
import { failUnconfirmedCommits } from './unconfirmedCommits.ts'

/** The database, through a pool of connections. */
export type Db = NodePgDatabase & { $client: pg.Pool }

export type CreateDbOptions = {
  /** Where the database is: `postgresql://…`. */
  url: string
  /** At most this many connections at once. Default 10. */
  maxConnections?: number
  /** Called with each statement's text, without its parameters. Default: not called. */
  onStatement?: (statement: string) => void
}

/**
 * Opens a pool on a database. Nothing is connected before the first statement.
 * Close it with `db.$client.end()`.
 */
export function createDb({ url, maxConnections = 10, onStatement }: CreateDbOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'stockbook',
    // A caller waits this long for a free connection, then hears that the server is busy.
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    // A new connection knows no table and no plan yet: the first calls after some quiet would wait for that.
    idleTimeoutMillis: 300_000,
    // Statements that need not wait for each other's answers are sent together.
    pipeline: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  })
  // An idle connection that the server closes is replaced by the pool; unheard, it would end the process.
  pool.on('error', () => {})
  pool.on('connect', failUnconfirmedCommits)
  pool.on('connect', sendTogether)
  return drizzle({
    client: pool,
    logger: onStatement ? { logQuery: (statement) => onStatement(statement) } : false,
  })
}
