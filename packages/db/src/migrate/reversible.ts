import { MigrationError } from './errors.ts'
import type { Migration, SqlFile } from './folder/folder.ts'
import { type DataModule, loadData } from './run/dataStep.ts'

/** Why the migration says that it cannot be undone, or null. */
export function irreversibleReason({ up, down }: Migration): string | null {
  return up.headers.irreversible ?? down?.headers.irreversible ?? null
}

/** @throws {MigrationError} `irreversible`. */
export async function assertReversible(migration: Migration): Promise<void> {
  downFile(migration, await loadData(migration))
}

/** The SQL of the way back. @throws {MigrationError} `irreversible` when there is none. */
export function downFile(migration: Migration, data: DataModule | null): SqlFile {
  const { name, down } = migration
  const why = irreversibleReason(migration)
  if (!why && down && !(data && !data.down)) return down
  throw new MigrationError(
    'irreversible',
    why
      ? `${name} cannot be undone: ${why}. Restore the backup that was taken before it (pnpm db:restore).`
      : `${name} cannot be undone: it has no ${down ? 'function "down" in data.ts' : 'down.sql'}. Write it, or restore a backup (pnpm db:restore).`,
    { migration: name },
  )
}
