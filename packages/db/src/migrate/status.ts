import { join } from 'node:path'
import { MigrationError } from './errors.ts'
import { type Migration, migrationsFolder, readMigrations } from './folder/folder.ts'
import { withClient } from './run/connection.ts'
import { type AppliedMigration, type Queryable, readApplied } from './run/journal.ts'

export type MigrationStatus = {
  /**
   * `current`: the database has exactly what this code needs. `behind`: some are pending. `ahead`: it
   * has some that this code does not know. `diverged`: both, or an applied file was edited.
   */
  state: 'current' | 'behind' | 'ahead' | 'diverged'
  /** Names, in the order of application. */
  applied: string[]
  /** Names that are in the folder and not in the database, in the order they would run. */
  pending: string[]
  /** Names that are in the database and not in the folder. */
  unknown: string[]
  /** Files that changed after they were applied, as `0004_add_indexes/migration.sql`. */
  edited: string[]
}

/**
 * Compares the database with the folder. Reads only, takes no lock.
 * @param database a URL, or a pool that is already open.
 */
export async function migrationStatus(
  database: string | Queryable,
  { folder = migrationsFolder }: { folder?: string } = {},
): Promise<MigrationStatus> {
  const migrations = await readMigrations(folder)
  const applied =
    typeof database === 'string'
      ? await withClient(database, readApplied)
      : await readApplied(database)
  return compare(migrations, applied)
}

export function compare(migrations: Migration[], applied: AppliedMigration[]): MigrationStatus {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const done = new Set(applied.map(({ name }) => name))
  const pending = migrations.map(({ name }) => name).filter((name) => !done.has(name))
  const unknown = applied.map(({ name }) => name).filter((name) => !known.has(name))
  const edited = applied.flatMap(({ name, checksums }) => {
    const migration = known.get(name)
    if (!migration) return []
    const files = new Set([...Object.keys(checksums), ...Object.keys(migration.checksums)])
    return [...files]
      .filter((file) => checksums[file] !== migration.checksums[file])
      .map((file) => `${name}/${file}`)
  })
  const state =
    edited.length > 0 || (pending.length > 0 && unknown.length > 0)
      ? 'diverged'
      : pending.length > 0
        ? 'behind'
        : unknown.length > 0
          ? 'ahead'
          : 'current'
  return { state, applied: [...done], pending, unknown, edited }
}

/** @throws {MigrationError} `edited` when a file changed after it was applied. */
export function assertUnedited(status: MigrationStatus, folder: string): void {
  if (status.edited.length > 0) {
    const files = status.edited.map((file) => join(folder, file)).join(', ')
    throw new MigrationError(
      'edited',
      `${files} changed after it was applied. Restore the file from version control and put the change in a new migration. ` +
        `If the change is known to be harmless (a comment, a repaired down.sql), accept it with pnpm db:stamp --accept NAME.`,
      { files: status.edited },
    )
  }
}

/** @throws {MigrationError} `edited` or `missing` when the folder no longer tells what was applied. */
export function assertUnchanged(status: MigrationStatus, folder: string): void {
  assertUnedited(status, folder)
  if (status.unknown.length > 0) {
    throw new MigrationError(
      'missing',
      `The database has migrations that are not in ${folder}: ${status.unknown.join(', ')}. ` +
        'This code is older than the database, or a folder was lost. Use the newer code, or restore the folder.',
      { missing: status.unknown },
    )
  }
}
