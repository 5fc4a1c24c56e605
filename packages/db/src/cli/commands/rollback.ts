import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { readMigrations } from '../../migrate/folder/folder.ts'
import { rollback } from '../../migrate/rollback.ts'
import { assertUnchanged, migrationStatus } from '../../migrate/status.ts'
import { downTo } from '../../migrate/target.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'
import { showProgress } from '../progress.ts'

type Options = { json?: boolean; folder: string; to?: string; dryRun?: boolean }

const count = (text: string) => {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number of migrations, from 1.')
}

export function rollbackCommand(): Command {
  return databaseCommand('rollback', 'Undoes the newest migration, or more, by its down.', [
    'rollback',
    'rollback 2',
    'rollback --to 0004_add_indexes',
    'rollback --to base',
  ])
    .argument('[count]', 'how many to undo, newest first; default: 1', count)
    .option('--to <name>', 'undo all that this one does not build on; base undoes everything')
    .option('--dry-run', 'show what would be undone, and undo nothing')
    .action(async (steps: number | undefined, { json, folder, to, dryRun }: Options) => {
      await withDatabase(async (url) => {
        if (dryRun) {
          const status = await migrationStatus(url, { folder })
          assertUnchanged(status, folder)
          const planned = downTo(await readMigrations(folder), status.applied, { steps, to })
          return print({ json }, { undone: [], planned }, [
            ...planned.map((name) => `would undo ${name}`),
            'Nothing was undone.',
          ])
        }
        const { undone } = await rollback(url, { folder, steps, to, onProgress: showProgress() })
        print(
          { json },
          { undone },
          undone.length === 0 ? 'Nothing to undo.' : `Undone ${undone.length}.`,
        )
      })
    })
}
