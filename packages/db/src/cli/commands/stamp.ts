import type { Command } from 'commander'
import { MigrationError } from '../../migrate/errors.ts'
import { acceptEdited, stamp } from '../../migrate/stamp.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'

type Options = { json?: boolean; folder: string; accept?: string; dryRun?: boolean }

export function stampCommand(): Command {
  return databaseCommand('stamp', 'Writes down where the database is, and runs nothing.', [
    'stamp head',
    'stamp 0003_add_inventory_checks',
    'stamp --accept 0002',
  ])
    .argument('[to]', 'a name, head or base')
    .option('--accept <name>', 'accept the edited files of one applied migration as they are now')
    .option('--dry-run', 'show what would be written down, and write nothing')
    .action(async (to: string | undefined, { json, folder, accept, dryRun }: Options) => {
      if ((to === undefined) === (accept === undefined)) {
        throw new MigrationError(
          'wrong_usage',
          'Give either where the database is, or --accept with a name.',
        )
      }
      const options = { folder, dryRun }
      const result = await withDatabase((url) =>
        accept === undefined ? stamp(url, to ?? '', options) : acceptEdited(url, accept, options),
      )
      print({ json }, { ...result, written: !dryRun }, [
        ...result.stamped.map((name) => `${name} counts as applied`),
        ...result.unstamped.map((name) => `${name} counts as not applied`),
        dryRun ? 'Nothing was written.' : 'Written down. Nothing was run.',
      ])
    })
}
