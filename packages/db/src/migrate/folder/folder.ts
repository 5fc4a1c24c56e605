import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MigrationError } from '../errors.ts'
import { parseSnapshot, type Snapshot } from './snapshot.ts'
import { type Headers, headersOf, type Statement, statementsOf } from './sqlFile.ts'

/** The project's own migrations. The same folder from `src` and from `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

export type SqlFile = { path: string; text: string; headers: Headers; statements: Statement[] }

/** A migration as it lies in the folder. */
export type Migration = {
  /** The folder's name, for example `0004_add_indexes`. */
  name: string
  path: string
  up: SqlFile
  /** Absent when there is no way back; then `up.headers.irreversible` should say why. */
  down: SqlFile | null
  /** Path of `data.ts`, when the migration has a step in TypeScript. */
  data: string | null
  snapshot: Snapshot
  /** sha256 of each file that takes part in a run, by file name. */
  checksums: Record<string, string>
}

const migrationName = /^\d{4,}_[a-z0-9_]+$/

/**
 * Reads all migrations, parents before children, equals by name.
 * @throws {MigrationError} `broken_folder` when a file is missing or cannot be understood.
 */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new MigrationError('broken_folder', `Cannot read the migrations folder ${folder}.`, {
      cause,
    })
  })
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
  const misnamed = folders.find((name) => !migrationName.test(name))
  if (misnamed) {
    throw new MigrationError(
      'broken_folder',
      `${join(folder, misnamed)} is not named like a migration (0007_add_prices). Rename it or move it away.`,
    )
  }
  return inOrder(await Promise.all(folders.sort().map((name) => readMigration(folder, name))))
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const path = join(folder, name)
  const read = (file: string) => readText(join(path, file))
  const [up, down, data, snapshot] = await Promise.all([
    read('migration.sql'),
    read('down.sql'),
    read('data.ts'),
    read('snapshot.json'),
  ])
  if (up === null) throw missingFile(path, 'migration.sql')
  if (snapshot === null) throw missingFile(path, 'snapshot.json')
  const files = { 'migration.sql': up, 'down.sql': down, 'data.ts': data }
  return {
    name,
    path,
    up: sqlFile(join(path, 'migration.sql'), up),
    down: down === null ? null : sqlFile(join(path, 'down.sql'), down),
    data: data === null ? null : join(path, 'data.ts'),
    snapshot: parseSnapshot(snapshot, join(path, 'snapshot.json')),
    checksums: Object.fromEntries(
      Object.entries(files).flatMap(([file, text]) =>
        text === null ? [] : [[file, sha256(text)]],
      ),
    ),
  }
}

function missingFile(path: string, file: string) {
  return new MigrationError(
    'broken_folder',
    `${path} has no ${file}. Restore it from version control, or make the migration anew with pnpm db:generate.`,
  )
}

function sqlFile(path: string, text: string): SqlFile {
  return { path, text, headers: headersOf(text, path), statements: statementsOf(text) }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Line ends are left out of the sum: a checkout on Windows is not an edit. */
function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

function inOrder(migrations: Migration[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  const ordered = new Set<Migration>()
  const place = (migration: Migration, path: string[]) => {
    if (ordered.has(migration)) return
    if (path.includes(migration.name)) {
      const circle = [...path, migration.name].join(' -> ')
      throw new MigrationError(
        'broken_folder',
        `The migrations are each other's parents: ${circle}.`,
      )
    }
    for (const parent of [...migration.snapshot.parents].sort()) {
      const found = byName.get(parent)
      if (!found) {
        throw new MigrationError(
          'broken_folder',
          `${join(migration.path, 'snapshot.json')} builds on ${parent}, which is not in the folder. Restore it from version control.`,
        )
      }
      place(found, [...path, migration.name])
    }
    ordered.add(migration)
  }
  for (const migration of migrations) place(migration, [])
  return [...ordered]
}

/** The migrations that nothing builds on. More than one means that branches were not merged. */
export function headsOf(migrations: Migration[]): Migration[] {
  const parents = new Set(migrations.flatMap((migration) => migration.snapshot.parents))
  return migrations.filter((migration) => !parents.has(migration.name))
}

/**
 * The only head, or nothing for an empty history.
 * @throws {MigrationError} `two_heads`.
 */
export function singleHead(migrations: Migration[]): Migration | undefined {
  const heads = headsOf(migrations)
  if (heads.length <= 1) return heads[0]
  const names = heads.map(({ name }) => name)
  throw new MigrationError(
    'two_heads',
    `The history has ${heads.length} heads: ${names.join(', ')}. Join them first with pnpm db:merge "words of your choice".`,
    { heads: names },
  )
}

/** The named migration and all that it builds on. */
export function withAncestors(migrations: Migration[], name: string): Set<string> {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  const found = new Set<string>()
  const visit = (next: string) => {
    if (found.has(next)) return
    found.add(next)
    byName.get(next)?.snapshot.parents.forEach(visit)
  }
  visit(name)
  return found
}

/**
 * The migration that a person means by a name, a number (`0004`, `4`) or the start of a name.
 * @throws {MigrationError} `wrong_usage` when there is none or more than one.
 */
export function findMigration(migrations: Migration[], wanted: string): Migration {
  const exact = migrations.find((migration) => migration.name === wanted)
  if (exact) return exact
  const number = /^\d+$/.test(wanted) ? wanted.padStart(4, '0') : wanted
  const found = migrations.filter(
    (migration) => migration.name.startsWith(number) || migration.name.slice(5) === wanted,
  )
  if (found.length === 1 && found[0]) return found[0]
  const names = (found.length > 1 ? found : migrations).map((migration) => migration.name)
  throw new MigrationError(
    'wrong_usage',
    found.length > 1
      ? `"${wanted}" may be ${names.join(' or ')}. Write more of the name.`
      : `There is no migration "${wanted}". There are: ${names.join(', ') || 'none'}.`,
  )
}
