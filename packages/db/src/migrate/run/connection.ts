import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { MigrationError } from '../errors.ts'

/**
 * One connection of its own, closed afterwards whatever happens.
 * @param signal ends the session on the server when it is aborted, so that what is under way fails and
 * its transaction is undone.
 * @throws {MigrationError} `unreachable`.
 */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  signal?.throwIfAborted()
  const client = new pg.Client({
    connectionString: url,
    application_name: 'stockbook migrations',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // Unheard, a connection that breaks between two statements would end the process.
  client.on('error', () => {})
  await client.connect().catch((cause) => {
    // Not the URL: that holds the password.
    const { database, host, port } = client
    throw new MigrationError(
      'unreachable',
      `The database ${database} at ${host}:${port} cannot be reached: ${cause.message}. Is it running, and is DATABASE_URL right?`,
      { cause },
    )
  })
  const release = signal && (await endOnAbort(client, url, signal))
  try {
    return await work(client)
  } finally {
    release?.()
    await client.end().catch(() => {})
  }
}

/** Returns what takes the listener off again. */
async function endOnAbort(client: pg.Client, url: string, signal: AbortSignal) {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  // By another connection: this one may be in the middle of a long statement.
  const end = () => {
    withClient(url, (other) => other.query('select pg_terminate_backend($1)', [rows[0].pid])).catch(
      () => client.end().catch(() => {}),
    )
  }
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  return () => signal.removeEventListener('abort', end)
}

// Any fixed number: "stockbook" read as base 36, cut to what PostgreSQL takes.
export const lockKey = 1_740_255_821

/**
 * Runs `work` as the only migrator of this database. A second one waits, at most `waitMs`.
 * The lock belongs to the session, so it goes when the process dies.
 * @throws {MigrationError} `busy` when another migrator holds the lock for longer than that.
 */
export async function asOnlyMigrator<T>(
  client: pg.Client,
  { waitMs, onWait }: { waitMs: number; onWait?: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const giveUpAt = Date.now() + waitMs
  let waited = false
  // Asked again and again, not waited for: a waiting statement would hold up concurrent index builds.
  while (!(await tryLock(client))) {
    if (Date.now() >= giveUpAt) {
      throw new MigrationError(
        'busy',
        `Another migrator has been at work on this database for ${Math.round(waitMs / 1000)} seconds. Wait for it and run this again.`,
      )
    }
    if (!waited) onWait?.()
    waited = true
    await sleep(100 + Math.random() * 200)
  }
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => {})
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [lockKey])
  return rows[0].mine
}
