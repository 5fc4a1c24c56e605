import { migrationsFolder, readMigrations } from './folder/folder.ts'
import type { MigrateOptions } from './migrate.ts'
import { assertReversible } from './reversible.ts'
import { asOnlyMigrator, withClient } from './run/connection.ts'
import { ensureJournal, readApplied } from './run/journal.ts'
import { runStep } from './run/runStep.ts'
import { assertUnchanged, compare } from './status.ts'
import { downTo } from './target.ts'

export type RollbackOptions = Omit<MigrateOptions, 'to' | 'signal'> & {
  /** How many to undo, newest first. Default 1. */
  steps?: number
  /** Undo all that this migration does not build on; `base` undoes everything. Not with `steps`. */
  to?: string
}

/**
 * Undoes applied migrations by their down, newest first. Each is undone wholly or not at all.
 * @throws {MigrationError} `irreversible` before anything is done when one of them has no way back;
 * `wrong_usage` when both `steps` and `to` are given; else like `migrate`.
 */
export async function rollback(
  url: string,
  options: RollbackOptions = {},
): Promise<{ undone: string[] }> {
  const { folder = migrationsFolder, steps, to, waitMs = 300_000, onProgress, ...limits } = options
  const migrations = await readMigrations(folder)
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  return withClient(url, (client) =>
    asOnlyMigrator(
      client,
      { waitMs, onWait: () => onProgress?.({ type: 'waiting' }) },
      async () => {
        await ensureJournal(client)
        const status = compare(migrations, await readApplied(client))
        assertUnchanged(status, folder)
        const planned = downTo(migrations, status.applied, { steps, to }).flatMap(
          (name) => byName.get(name) ?? [],
        )
        for (const migration of planned) await assertReversible(migration)
        for (const migration of planned) {
          await runStep(client, migration, 'down', { ...limits, onProgress })
        }
        return { undone: planned.map(({ name }) => name) }
      },
    ),
  )
}
