import { headsOf, migrationsFolder, readMigrations } from './folder/folder.ts'
import { withClient } from './run/connection.ts'
import {
  type AppliedMigration,
  type LogEntry,
  type Queryable,
  readApplied,
  readLog,
} from './run/journal.ts'
import { compare } from './status.ts'

export type HistoryEntry = {
  name: string
  state: 'applied' | 'pending' | 'edited' | 'unknown'
  parents: string[]
  /** Nothing builds on it. */
  head: boolean
  /** The migrations that build on it. More than one: the history branches here. */
  children: string[]
  run: Pick<AppliedMigration, 'appliedAt' | 'appliedBy' | 'durationMs'> | null
}

export type History = { migrations: HistoryEntry[]; steps: LogEntry[] }

/**
 * All migrations of the folder and of the database, in order, and every step that was ever made.
 * Reads only, takes no lock.
 * @param database a URL, or a pool that is already open.
 */
export async function history(
  database: string | Queryable,
  { folder = migrationsFolder }: { folder?: string } = {},
): Promise<History> {
  const migrations = await readMigrations(folder)
  const heads = new Set(headsOf(migrations))
  const read = async (client: Queryable): Promise<History> => {
    const applied = await readApplied(client)
    const byName = new Map(applied.map((row) => [row.name, row]))
    const { edited, unknown } = compare(migrations, applied)
    const editedNames = new Set(edited.map((file) => file.split('/')[0]))
    const childrenOf = (name: string) =>
      migrations
        .filter(({ snapshot }) => snapshot.parents.includes(name))
        .map((child) => child.name)
    const known = migrations.map((migration): HistoryEntry => {
      const { name } = migration
      const run = byName.get(name) ?? null
      return {
        name,
        state: !run ? 'pending' : editedNames.has(name) ? 'edited' : 'applied',
        parents: migration.snapshot.parents,
        head: heads.has(migration),
        children: childrenOf(name),
        run,
      }
    })
    const strangers = unknown.map((name): HistoryEntry => {
      const run = byName.get(name) ?? null
      return { name, state: 'unknown', parents: [], head: false, children: [], run }
    })
    return { migrations: [...known, ...strangers], steps: await readLog(client) }
  }
  return typeof database === 'string' ? withClient(database, read) : read(database)
}
