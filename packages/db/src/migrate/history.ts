import { withClient } from './connection.ts'
import { headsOf, migrationsFolder, readMigrations } from './folder.ts'
import { type AppliedMigration, type LogEntry, readApplied, readLog } from './journal.ts'
import { compare } from './status.ts'

export type HistoryEntry = {
  name: string
  state: 'applied' | 'pending' | 'edited' | 'unknown'
  parents: string[]
  /** Nothing builds on it. */
  head: boolean
  /** More than one migration builds on it. */
  branches: boolean
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
    const children = migrations.flatMap(({ snapshot }) => snapshot.parents)
    const known = migrations.map((migration): HistoryEntry => {
      const { name } = migration
      const run = byName.get(name) ?? null
      return {
        name,
        state: !run ? 'pending' : editedNames.has(name) ? 'edited' : 'applied',
        parents: migration.snapshot.parents,
        head: heads.has(migration),
        branches: children.filter((parent) => parent === name).length > 1,
        run,
      }
    })
    const strangers = unknown.map((name): HistoryEntry => {
      const run = byName.get(name) ?? null
      return { name, state: 'unknown', parents: [], head: false, branches: false, run }
    })
    return { migrations: [...known, ...strangers], steps: await readLog(client) }
  })
}
