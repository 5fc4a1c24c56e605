import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { MigrationError } from '../errors.ts'
import { asOnlyMigrator, withClient } from '../run/connection.ts'
import { copyIn } from './copyBackup.ts'
import { checkBackup, dumpFile, grantsFile, type Manifest } from './manifest.ts'
import { findPgTools, restoreDump } from './pgTools.ts'

export type RestoreOptions = {
  /** Remove what is in the database, in the same transaction. Default false: it must be empty. */
  replace?: boolean
  /** How long to wait for a migrator, in milliseconds. Default 5 minutes. */
  waitMs?: number
  /** How long to wait for each table that others still use, in milliseconds. Default 10 seconds. */
  lockTimeoutMs?: number
}

/**
 * Makes a database what it was when the backup was taken: every byte is checked first, and all happens in
 * one transaction.
 * @throws {MigrationError} `damaged` when the backup is; `wrong_usage` when the database is not empty and
 * `replace` is not set; `failed`, `busy`.
 */
export async function restore(
  url: string,
  folder: string,
  { replace = false, waitMs = 300_000, lockTimeoutMs = 10_000 }: RestoreOptions = {},
): Promise<Manifest> {
  const source = resolve(folder)
  const manifest = await checkBackup(source)
  await withClient(url, (client) =>
    asOnlyMigrator(client, { waitMs }, async () => {
      await client.query('set statement_timeout = 0')
      if (!replace) await assertEmpty(client)
      const first = `set local lock_timeout = ${lockTimeoutMs}; ${await clearing(client)}`
      if (manifest.method === 'pg_dump') await fromDump(url, source, manifest, first)
      else await fromCopy(client, source, manifest, first)
    }),
  )
  return manifest
}

async function fromCopy(
  client: pg.Client,
  folder: string,
  manifest: Manifest,
  first: string,
): Promise<void> {
  await client.query('begin')
  try {
    await client.query(first)
    await copyIn(client, folder, manifest)
    await client.query(await readFile(join(folder, grantsFile), 'utf8'))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function fromDump(
  url: string,
  folder: string,
  manifest: Manifest,
  first: string,
): Promise<void> {
  const tools = await findPgTools(manifest.serverVersion)
  if (!tools) {
    throw new MigrationError(
      'wrong_usage',
      `This backup was made by pg_dump, and no pg_restore of version ${Math.trunc(manifest.serverVersion / 10_000)} or newer is installed (package postgresql-client).`,
    )
  }
  const file = (name: string) => join(folder, name)
  await restoreDump(tools, url, {
    file: file(dumpFile),
    first,
    lastFile: file(grantsFile),
    tables: manifest.tables,
  })
}

/** Removes all that is not the system's. What is left is an empty schema `public`, whose it was. */
async function clearing(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    select format('drop schema %I cascade', nspname) as drop, nspname = 'public' as public,
      format('alter schema %I owner to %I; comment on schema %1$I is %3$L', nspname,
        pg_get_userbyid(nspowner), obj_description(oid, 'pg_namespace')) as keep
    from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`)
  return [
    ...rows.map(({ drop }) => drop),
    'create schema public',
    ...rows.filter((row) => row.public).map(({ keep }) => keep),
    'grant usage on schema public to public',
  ].join('; ')
}

// Whatever lies in a schema depends on it. What an extension brought, it can bring again.
const belongings = `
  select pg_describe_object(d.classid, d.objid, 0) as name
  from pg_depend d join pg_namespace n on n.oid = d.refobjid
  where d.refclassid = 'pg_namespace'::regclass and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and d.classid <> 'pg_extension'::regclass and not exists (
      select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')
  order by 1 limit 3`

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query(belongings)
  if (rows.length === 0) return
  throw new MigrationError(
    'wrong_usage',
    `The database is not empty (${rows.map(({ name }) => name).join(', ')}, …). Restore into an empty one, or add --replace to remove what is in it.`,
  )
}
