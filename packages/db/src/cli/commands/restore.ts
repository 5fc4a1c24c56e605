import type { Command } from 'commander'
import { checkBackup } from '../../migrate/backup/manifest.ts'
import { restore } from '../../migrate/backup/restore.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'

type Options = { json?: boolean; replace?: boolean; dryRun?: boolean }

export function restoreCommand(): Command {
  return databaseCommand(
    'restore',
    'Makes a database what it was when the backup was taken, in one transaction: exit code 11 when the backup is damaged.',
    ['restore /srv/backups/before-prices', 'restore /srv/backups/before-prices --replace'],
  )
    .argument('<folder>', 'the folder that db:backup made')
    .option('--replace', 'remove what is in the database; without it the database must be empty')
    .option('--dry-run', 'read and check the backup, and restore nothing')
    .action(async (folder: string, { json, replace, dryRun }: Options) => {
      const manifest = dryRun
        ? await checkBackup(folder)
        : await withDatabase((url) => restore(url, folder, { replace }))
      print({ json }, { folder, restored: !dryRun, ...manifest }, [
        `The backup of ${manifest.createdAt} is whole (${manifest.migrations.at(-1) ?? 'no migration'}).`,
        dryRun ? 'Nothing was restored.' : 'Restored.',
      ])
    })
}
