import type pg from 'pg'
import { MigrationError } from './errors.ts'
import { headsOf, type Migration, migrationsFolder, readMigrations } from './folder/folder.ts'
import type { OnProgress } from './progress.ts'
import { asOnlyMigrator, withClient } from './run/connection.ts'
import { ensureJournal, readApplied } from './run/journal.ts'
import type { Limits } from './run/limits.ts'
import { runStep } from './run/runStep.ts'
import { assertUnchanged, compare } from './status.ts'
import { upTo } from './target.ts'

export type MigrateOptions = Limits & {
  /** Folder of the migrations. Default: the project's own. */
  folder?: string
  /** How far: a name, `+1`, `+2`, … or `head`. Default `head`. */
  to?: string
  /** How long to wait for another migrator, in milliseconds. Default 5 minutes. */
  waitMs?: number
  /** Stops it when aborted: the migration under way is undone, the ones before it stay. */
  signal?: AbortSignal
  onProgress?: OnProgress
}

export type MigrateResult = { applied: string[] }

/**
 * Brings a database to the newest migration, or to `to`. Each migration is applied wholly or not at
 * all; the ones before a failing one stay. Several at once are harmless: one works, the others wait.
 * @throws {MigrationError} `edited`, `missing`, `two_heads`, `failed`, `busy`, `wrong_usage`, `broken_folder`.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrateResult> {
  const {
    folder = migrationsFolder,
    to = 'head',
    waitMs = 300_000,
    signal,
    onProgress,
    ...limits
  } = options
  const migrations = await readMigrations(folder)
  const work = (client: pg.Client) =>
    asOnlyMigrator(
      client,
      { waitMs, onWait: () => onProgress?.({ type: 'waiting' }) },
      async () => {
        await ensureJournal(client)
        const status = compare(migrations, await readApplied(client))
        assertUnchanged(status, folder)
        const planned = pendingUpTo(migrations, status.applied, to)
        for (const migration of planned) {
          signal?.throwIfAborted()
          await runStep(client, migration, 'up', { ...limits, onProgress })
        }
        return { applied: planned.map(({ name }) => name) }
      },
    )
  return withClient(url, work, { signal })
}

/** The migrations that `to` still wants, in order. @throws {MigrationError} `two_heads`, `wrong_usage`. */
export function pendingUpTo(migrations: Migration[], applied: string[], to: string): Migration[] {
  const heads = headsOf(migrations).map(({ name }) => name)
  if (to === 'head' && heads.length > 1) {
    throw new MigrationError(
      'two_heads',
      `The history has ${heads.length} heads: ${heads.join(', ')}. Join them with pnpm db:merge "words of your choice".`,
      { heads },
    )
  }
  const wanted = upTo(migrations, applied, to)
  return migrations.filter(({ name }) => wanted.has(name) && !applied.includes(name))
}
