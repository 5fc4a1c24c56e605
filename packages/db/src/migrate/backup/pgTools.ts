import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { MigrationError } from '../errors.ts'
import type { TableCount } from './manifest.ts'

const execute = promisify(execFile)

/** PostgreSQL's own programs, of a version that fits the server. */
export type PgTools = { dump: string; restore: string; psql: string }

// Debian and Ubuntu keep each version's programs apart from the PATH.
const versionedFolder = '/usr/lib/postgresql'

/** The oldest installed pg_dump that is not older than the server, or null: an older one refuses to work. */
export async function findPgTools(serverVersion: number): Promise<PgTools | null> {
  const versions = await readdir(versionedFolder).catch(() => [])
  const folders = ['', ...versions.map((version) => join(versionedFolder, version, 'bin/'))]
  const found = await Promise.all(
    folders.map(async (folder) => ({ folder, version: await majorVersion(`${folder}pg_dump`) })),
  )
  const fitting = found
    .filter(({ version }) => version >= Math.trunc(serverVersion / 10_000))
    .sort((one, other) => one.version - other.version)[0]
  if (!fitting) return null
  const program = (name: string) => `${fitting.folder}${name}`
  return { dump: program('pg_dump'), restore: program('pg_restore'), psql: program('psql') }
}

async function majorVersion(program: string): Promise<number> {
  try {
    const { stdout } = await execute(program, ['--version'])
    return Number(/\d+/.exec(stdout)?.[0] ?? 0)
  } catch {
    return 0
  }
}

/**
 * Dumps in the custom format, as of an exported snapshot, and has pg_restore read it.
 * @throws {MigrationError} `unreachable` when pg_dump cannot connect; `failed`.
 */
export async function dump(
  tools: PgTools,
  url: string,
  snapshot: string,
  file: string,
): Promise<void> {
  const options = ['--format=custom', '--no-password', `--snapshot=${snapshot}`, `--file=${file}`]
  await run(tools.dump, options, url)
  await run(tools.restore, ['--list', file], url)
}

export type DumpRestore = {
  file: string
  /** Statements to run before it. */
  first: string
  /** A script to run after it. */
  lastFile: string
  /** What it must have brought. */
  tables: TableCount[]
}

/**
 * Restores in one transaction. It is committed only when pg_restore came to its end and the tables have
 * the rows they must have, whichever of the programs dies, this one too.
 * @throws {MigrationError} `failed`: nothing was changed.
 */
export async function restoreDump(
  tools: PgTools,
  url: string,
  { file, first, lastFile, tables }: DumpRestore,
): Promise<void> {
  const script = spawn(tools.restore, ['--no-owner', '--no-privileges', '--file=-', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const options = ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1']
  const parts = [`--command=${first}`, '--file=-', `--command=${assertEnded}`, `--file=${lastFile}`]
  const psql = spawn(tools.psql, [...options, ...parts], {
    env: { ...process.env, ...connection(url) },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const reading = outcome(script)
  const [read, written] = await Promise.all([
    reading,
    outcome(psql),
    feed(script.stdout, psql.stdin, async () =>
      (await reading).code === 0 ? `${assertRows(tables)}\n${markEnded}\n` : '',
    ),
  ])
  if (read.code === 0 && written.code === 0) return
  const reasons = [written.message, read.message].map((text) => text.trim()).filter(Boolean)
  throw new MigrationError('failed', `The restore was undone: ${reasons.join(' ')}`)
}

/** Hands over all of `from`, then what `last` says. */
async function feed(from: Readable, to: Writable, last: () => Promise<string>): Promise<void> {
  // A psql that ended early says why itself.
  to.on('error', () => {})
  await pipeline(from, to, { end: false }).catch(() => {})
  to.end(await last())
}

// psql cannot tell a script that was cut off from one that ended, and would commit either.
const markEnded = `select pg_catalog.set_config('stockbook.restore', 'ended', true);`
const assertEnded = `do $do$ begin
  if pg_catalog.current_setting('stockbook.restore', true) is distinct from 'ended' then
    raise exception 'pg_restore stopped before its end';
  end if;
end $do$`

function assertRows(tables: TableCount[]): string {
  const checks = tables.map(
    ({ table, rows }) => `  select count(*) into found from ${table};
  if found <> ${rows} then
    raise exception '% has % rows instead of ${rows}', '${table.replaceAll("'", "''")}', found;
  end if;`,
  )
  return `do $rows$ declare found bigint; begin\n${checks.join('\n')}\nend $rows$;`
}

async function run(program: string, options: string[], url: string): Promise<void> {
  const { code, message } = await outcome(
    spawn(program, options, {
      env: { ...process.env, ...connection(url) },
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  )
  if (code === 0) return
  const unreachable = /connection to (server|database)[^]* failed|invalid sslmode/.test(message)
  throw new MigrationError(
    unreachable ? 'unreachable' : 'failed',
    `${program} failed: ${message.trim()}`,
  )
}

async function outcome(
  child: ReturnType<typeof spawn>,
): Promise<{ code: number | null; message: string }> {
  let message = ''
  child.stderr?.on('data', (chunk) => (message += chunk))
  const [code] = await once(child, 'close')
  return { code, message }
}

/** In the environment, not in the arguments: those every user of the machine can read. */
function connection(url: string): Record<string, string> {
  const { host, port, user, database, password, ssl } = new pg.Client({ connectionString: url })
  const query = new URLSearchParams(/\?([^?]*)$/.exec(url)?.[1])
  const mode = query.get('sslmode') ?? (ssl ? (process.env.PGSSLMODE ?? 'require') : null)
  const settings: Record<string, string | null | undefined> = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: database,
    PGPASSWORD: typeof password === 'string' ? password : null,
    // `no-verify` is the driver's own word; to libpq `require` says the same.
    PGSSLMODE: mode === 'no-verify' ? 'require' : mode,
    PGSSLROOTCERT: query.get('sslrootcert'),
    PGSSLCERT: query.get('sslcert'),
    PGSSLKEY: query.get('sslkey'),
  }
  return Object.fromEntries(
    Object.entries(settings).filter((setting): setting is [string, string] => Boolean(setting[1])),
  )
}
