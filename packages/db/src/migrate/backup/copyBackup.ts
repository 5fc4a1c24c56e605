import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { MigrationError } from '../errors.ts'
import { catalogDifference, describeStructure } from '../verify/catalog.ts'
import { type CatalogSql, catalogSql } from './catalogSql.ts'
import { damaged, type FileSum, type Manifest, sumOf, type TableCount } from './manifest.ts'

type StoredSchema = CatalogSql & {
  /** What the schema is, to be compared with what is made of it. */
  structure?: string[]
  /** The same in backups that were made before: with constraints bracketed. */
  catalog?: string[]
}

/** Without its generated columns. A table may have no others. */
const target = (table: string, columns: string) =>
  columns === '' ? table : `${table} (${columns})`

const rowsFile = (index: number) => `rows/${String(index + 1).padStart(4, '0')}.copy.gz`

/** Writes schema and rows through the driver, all as of the caller's transaction. */
export async function copyOut(
  client: pg.Client,
  folder: string,
): Promise<{ files: FileSum[]; tables: TableCount[] }> {
  const schema = await catalogSql(client)
  const stored: StoredSchema = { ...schema, structure: await describeStructure(client) }
  await writeFile(join(folder, 'schema.json'), JSON.stringify(stored), { mode: 0o600, flush: true })
  const files = [await sumOf(folder, 'schema.json')]
  const tables: TableCount[] = []
  await mkdir(join(folder, 'rows'), { mode: 0o700 })
  for (const [index, { table, columns }] of schema.tables.entries()) {
    const file = rowsFile(index)
    const rows = client.query(copyTo(`copy ${target(table, columns)} to stdout`))
    await pipeline(
      rows,
      createGzip(),
      createWriteStream(join(folder, file), { mode: 0o600, flush: true }),
    )
    const written = await countRows(folder, file)
    if (written !== rows.rowCount) {
      throw damaged(folder, `${file} holds ${written} rows of ${table} instead of ${rows.rowCount}`)
    }
    tables.push({ table, rows: rows.rowCount })
    files.push(await sumOf(folder, file))
  }
  return { files, tables }
}

/** In COPY's text format a line is a row: line ends inside a value are escaped. */
async function countRows(folder: string, file: string): Promise<number> {
  let rows = 0
  await pipeline(createReadStream(join(folder, file)), createGunzip(), async (chunks) => {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      for (const byte of chunk) if (byte === 0x0a) rows++
    }
  })
  return rows
}

/**
 * Makes schema and rows again, in the caller's transaction.
 * @throws {MigrationError} `damaged` when the result is not what the manifest says.
 */
export async function copyIn(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  const stored: StoredSchema = JSON.parse(await readFile(join(folder, 'schema.json'), 'utf8'))
  await client.query(`set local check_function_bodies = off`)
  await runInAnyOrder(client, stored.before)
  const counts = new Map(manifest.tables.map(({ table, rows }) => [table, rows]))
  for (const [index, { table, columns }] of stored.tables.entries()) {
    const rows = client.query(copyFrom(`copy ${target(table, columns)} from stdin`))
    await pipeline(createReadStream(join(folder, rowsFile(index))), createGunzip(), rows)
    if (rows.rowCount !== counts.get(table)) {
      throw damaged(folder, `${table} got ${rows.rowCount} rows instead of ${counts.get(table)}`)
    }
  }
  await runInAnyOrder(client, stored.after)
  await assertSameCatalog(client, folder, manifest, stored)
}

/** Things may need each other in an order that only the server knows: what fails is tried again after the rest. */
async function runInAnyOrder(client: pg.Client, statements: string[]): Promise<void> {
  let waiting = statements
  while (waiting.length > 0) {
    const failed: string[] = []
    let reason: unknown
    for (const statement of waiting) {
      await client.query('savepoint one')
      try {
        await client.query(statement)
        await client.query('release savepoint one')
      } catch (error) {
        await client.query('rollback to savepoint one')
        reason = error
        failed.push(statement)
      }
    }
    if (failed.length === waiting.length) {
      throw new MigrationError(
        'failed',
        `The restore was undone: ${(reason as Error).message} (${failed.at(-1)}).`,
        { cause: reason },
      )
    }
    waiting = failed
  }
}

async function assertSameCatalog(
  client: pg.Client,
  folder: string,
  { serverVersion }: Manifest,
  { structure, catalog }: StoredSchema,
): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version`,
  )
  // Another major version may word the same thing otherwise.
  if (Math.trunc(rows[0].version / 10_000) !== Math.trunc(serverVersion / 10_000)) return
  const found = await describeStructure(client, structure ? 'plain' : 'bracketed')
  const { missing, extra } = catalogDifference(structure ?? catalog ?? [], found)
  if (missing.length + extra.length === 0) return
  throw damaged(
    folder,
    `the schema it makes is not the one it was taken from (${[...missing, ...extra].join('; ')})`,
  )
}
