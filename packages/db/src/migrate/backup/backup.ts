import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { MigrationError } from '../errors.ts'
import { asOnlyMigrator, withClient } from '../run/connection.ts'
import { readApplied } from '../run/journal.ts'
import { copyOut } from './copyBackup.ts'
import { grantsSql } from './grantsSql.ts'
import {
  checkBackup,
  dumpFile,
  type FileSum,
  grantsFile,
  type Manifest,
  sumOf,
  type TableCount,
  writeManifest,
} from './manifest.ts'
import { dump, findPgTools, type PgTools } from './pgTools.ts'

export type BackupOptions = {
  /** The folder to make. It must not exist. */
  folder: string
  /** `auto`: pg_dump when one of a fitting version is installed, else through the driver. Default `auto`. */
  method?: 'auto' | Manifest['method']
  /** How long to wait for a migrator, in milliseconds. Default 5 minutes. */
  waitMs?: number
  /** Called with a line when the backup is made otherwise than `auto` would first have it. Default: nothing. */
  onNote?: (line: string) => void
}

/**
 * Writes everything in a database to a folder, as of one moment, and reads it back to check it. The
 * folder is there whole or not at all. Writers are not held up; migrators wait.
 * @throws {MigrationError} `wrong_usage` when the folder exists or the method is not available; `failed`,
 * `damaged`, `busy`.
 */
export async function backup(
  url: string,
  { folder, method = 'auto', waitMs = 300_000, onNote = () => {} }: BackupOptions,
): Promise<Manifest> {
  const target = resolve(folder)
  if (await exists(target)) {
    throw new MigrationError('wrong_usage', `${target} exists already. Name a new folder.`)
  }
  const partial = `${target}.partial-${process.pid}`
  await mkdir(partial, { recursive: true, mode: 0o700 })
  try {
    await withClient(url, (client) =>
      asOnlyMigrator(client, { waitMs }, async () => {
        await client.query('set statement_timeout = 0')
        await client.query('begin isolation level repeatable read, read only')
        const contents = await write(client, { url, folder: partial, wanted: method, onNote })
        await writeManifest(partial, { ...contents, ...(await facts(client)) })
        await client.query('commit')
      }),
    )
    const manifest = await checkBackup(partial)
    await rename(partial, target)
    return manifest
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

type Contents = Pick<Manifest, 'method' | 'files' | 'tables'>
type Writing = {
  url: string
  folder: string
  wanted: 'auto' | Manifest['method']
  onNote: (line: string) => void
}

async function write(
  client: pg.Client,
  { url, folder, wanted, onNote }: Writing,
): Promise<Contents> {
  const tools = wanted === 'copy' ? null : await findPgTools(await serverVersion(client))
  if (!tools && wanted === 'pg_dump') {
    throw new MigrationError(
      'wrong_usage',
      'There is no pg_dump that is as new as the server. Install it (package postgresql-client), or leave the method to the tool.',
    )
  }
  const grants = await writeGrants(client, folder)
  if (tools) {
    try {
      return await writeDump(client, { tools, url, folder, grants })
    } catch (error) {
      const unreachable = error instanceof MigrationError && error.code === 'unreachable'
      if (!unreachable || wanted === 'pg_dump') throw error
      onNote(`copied through the driver, as pg_dump cannot connect: ${error.message}`)
      await rm(join(folder, dumpFile), { force: true })
    }
  }
  const { files, tables } = await copyOut(client, folder)
  return { method: 'copy', files: [grants, ...files], tables }
}

async function writeDump(
  client: pg.Client,
  { tools, url, folder, grants }: { tools: PgTools; url: string; folder: string; grants: FileSum },
): Promise<Contents> {
  const { rows } = await client.query('select pg_export_snapshot() as snapshot')
  await dump(tools, url, rows[0].snapshot, join(folder, dumpFile))
  const files = [grants, await sumOf(folder, dumpFile)]
  return { method: 'pg_dump', files, tables: await countTables(client) }
}

async function writeGrants(client: pg.Client, folder: string): Promise<FileSum> {
  const text = (await grantsSql(client)).map((statement) => `${statement};\n`).join('')
  await writeFile(join(folder, grantsFile), text, { mode: 0o600, flush: true })
  return sumOf(folder, grantsFile)
}

async function facts(
  client: pg.Client,
): Promise<Pick<Manifest, 'format' | 'createdAt' | 'database' | 'serverVersion' | 'migrations'>> {
  return {
    format: 1,
    createdAt: new Date().toISOString(),
    database: client.database ?? '',
    serverVersion: await serverVersion(client),
    migrations: (await readApplied(client)).map(({ name }) => name),
  }
}

async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version`,
  )
  return rows[0].version
}

/** Rows of every table that is not the system's. */
async function countTables(client: pg.Client): Promise<TableCount[]> {
  const { rows } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`)
  const counts: TableCount[] = []
  for (const { table } of rows) {
    const { rows: found } = await client.query(`select count(*)::int as rows from ${table}`)
    counts.push({ table, rows: found[0].rows })
  }
  return counts
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
