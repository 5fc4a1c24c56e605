import { fileURLToPath } from 'node:url'
import { acquireEmbeddedPostgres } from './acquireEmbeddedPostgres.ts'
import { normaliseDatabaseUrl } from './databaseUrl.ts'

/** `.stockbook/` at the root of the repository, from `src/embedded` as from `dist/embedded`. */
const defaultFolder = fileURLToPath(new URL('../../../../.stockbook', import.meta.url))

export type ResolvedDatabase = {
  /** For migrations, as the role that owns the tables. */
  url: string
  /** For the server, as a role that can do only what it needs. */
  serverUrl: string
  /** Whether it is the embedded PostgreSQL. */
  embedded: boolean
  /** Gives the database back. Call it before the process ends, also on SIGINT and SIGTERM. */
  close(): Promise<void>
}

/**
 * The database to work on: `DATABASE_URL` when it is set (with `DATABASE_OWNER_URL` for migrations,
 * when another role owns the tables), otherwise the embedded PostgreSQL with
 * its data in `STOCKBOOK_FOLDER` (default `.stockbook/` at the root of the repository).
 * @throws when `DATABASE_URL` is not a PostgreSQL URL, or when the embedded one does not start
 */
export async function resolveDatabase(
  env: Record<string, string | undefined>,
  { log }: { log?: (line: string) => void } = {},
): Promise<ResolvedDatabase> {
  if (env.DATABASE_URL?.trim()) {
    const serverUrl = normaliseDatabaseUrl(env.DATABASE_URL)
    const ownerUrl = env.DATABASE_OWNER_URL?.trim()
    return {
      url: ownerUrl ? normaliseDatabaseUrl(ownerUrl, 'DATABASE_OWNER_URL') : serverUrl,
      serverUrl,
      embedded: false,
      close: async () => {},
    }
  }
  const folder = env.STOCKBOOK_FOLDER?.trim() || defaultFolder
  const postgres = await acquireEmbeddedPostgres({ folder, log })
  const { url, serverUrl, release } = postgres
  return { url, serverUrl, embedded: true, close: release }
}
