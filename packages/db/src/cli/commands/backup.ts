import type { Command } from 'commander'
import { Option } from 'commander'
import { type BackupOptions, backup } from '../../migrate/backup/backup.ts'
import { newBackupFolder } from '../backupFolder.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'

type Options = { json?: boolean; method: BackupOptions['method'] }

export function backupCommand(): Command {
  return databaseCommand(
    'backup',
    'Writes everything in the database to a folder, and reads it back to check it.',
    ['backup', 'backup /srv/backups/before-prices'],
  )
    .argument('[folder]', 'the folder to make; default: a new one in .stockbook/backups')
    .addOption(
      new Option('--method <method>', 'auto takes pg_dump when a fitting version is installed')
        .choices(['auto', 'pg_dump', 'copy'])
        .default('auto'),
    )
    .action(async (wanted: string | undefined, { json, method }: Options) => {
      const folder = wanted ?? newBackupFolder()
      const onNote = (line: string) => process.stderr.write(`${line}\n`)
      const manifest = await withDatabase((url) => backup(url, { folder, method, onNote }))
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      print({ json }, { folder, ...manifest }, [
        `${rows} rows of ${manifest.tables.length} tables, ${bytes} bytes by ${manifest.method}, checked: ${folder}`,
        `pnpm db:restore ${folder} brings it back.`,
      ])
    })
}
