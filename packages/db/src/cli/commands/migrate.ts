import type { Command } from 'commander'
import { readMigrations } from '../../migrate/folder/folder.ts'
import { migrate, pendingUpTo } from '../../migrate/migrate.ts'
import { scriptOf } from '../../migrate/script.ts'
import { assertUnchanged, migrationStatus } from '../../migrate/status.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'
import { showProgress } from '../progress.ts'

type Options = { json?: boolean; folder: string; to: string; sql?: boolean; dryRun?: boolean }

export function migrateCommand(): Command {
  return databaseCommand(
    'migrate',
    'Applies what is pending, each migration wholly or not at all.',
    ['migrate', 'migrate --to +1', 'migrate --to 0004_add_indexes'],
  )
    .option('--to <target>', 'how far: a name, +1, +2, … or head', 'head')
    .option('--sql', 'print the script for psql instead, and apply nothing')
    .option('--dry-run', 'show what would be applied, and apply nothing')
    .action(async ({ json, folder, to, sql, dryRun }: Options) => {
      await withDatabase(async (url) => {
        if (dryRun || sql) {
          const status = await migrationStatus(url, { folder })
          assertUnchanged(status, folder)
          const planned = pendingUpTo(await readMigrations(folder), status.applied, to)
          const names = planned.map(({ name }) => name)
          if (sql) {
            const script = scriptOf(planned, 'up')
            return print({ json }, { migrations: names, script }, script)
          }
          return print({ json }, { applied: [], planned: names }, [
            ...names.map((name) => `would apply ${name}`),
            'Nothing was applied.',
          ])
        }
        const { applied } = await migrate(url, { folder, to, onProgress: showProgress() })
        print(
          { json },
          { applied },
          applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.length}.`,
        )
      })
    })
}
