import { headsOf, migrationsFolder, readMigrations } from './folder/folder.ts'
import { withClient } from './run/connection.ts'
import { type AppliedMigration, type LogEntry, readApplied, readLog } from './run/journal.ts'
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

/** All migrations of the folder and of the database, in order, and every step that was ever made. */
export async function history(
  url: string,
  { folder = migrationsFolder }: { folder?: string } = {},
): Promise<History> {
  const migrations = await readMigrations(folder)
  const heads = new Set(headsOf(migrations))
  return withClient(url, async (client) => {
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
  })
}
