import type { Command } from 'commander'
import { deploy } from '../../migrate/deploy/deploy.ts'
import { MigrationError } from '../../migrate/errors.ts'
import { newBackupFolder } from '../backupFolder.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'
import { showProgress } from '../progress.ts'
import { runOnDatabase } from '../shellCommand.ts'

type Options = {
  json?: boolean
  folder: string
  backup?: string
  verify?: string
  dryRun?: boolean
}

export function deployCommand(): Command {
  return databaseCommand(
    'deploy',
    'Check, back up, migrate, verify; on failure back to where it was: exit code 13, or 14 when that failed too.',
    [
      'deploy',
      'deploy --backup /srv/backups/release-7 --verify "curl --fail https://localhost:8000/readyz"',
    ],
  )
    .option(
      '--backup <folder>',
      'where the backup goes; default: a new folder in .stockbook/backups',
    )
    .option(
      '--verify <command>',
      'a further proof, with the database in DATABASE_URL: exit code 0 when good',
    )
    .option('--dry-run', 'check, and change nothing')
    .action(async ({ json, folder, backup, verify, dryRun }: Options) => {
      const stopping = new AbortController()
      const onStop = (signal: NodeJS.Signals) => {
        process.stderr.write(`${signal}: stopping, and going back to where the database was\n`)
        stopping.abort(new MigrationError('failed', `It was stopped by ${signal}.`))
      }
      const deployed = await withDatabase(
        (url) =>
          deploy(url, {
            signal: stopping.signal,
            folder,
            backupFolder: backup ?? newBackupFolder(),
            verify:
              verify === undefined
                ? undefined
                : (target, signal) => runOnDatabase(verify, target, signal),
            dryRun,
            onProgress: showProgress(),
            onPart: (line) => process.stderr.write(`${line}\n`),
          }),
        onStop,
      )
      const { planned, applied } = deployed
      print({ json }, deployed, [
        dryRun
          ? `Would apply ${planned.length}: ${planned.join(', ') || 'nothing'}. Nothing was changed.`
          : `Deployed: ${applied.length} applied.`,
      ])
    })
}
