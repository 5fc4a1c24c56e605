import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { migrationsFolder } from '../migrate/folder/folder.ts'

/** A command whose help shows an example first, with the options that all commands have. */
export function databaseCommand(name: string, description: string, examples: string[]): Command {
  const lines = examples.map((example) => `  $ pnpm db:${example}`).join('\n')
  return new Command(name)
    .description(description)
    .addHelpText('before', `Example:\n${lines}\n`)
    .option('--json', 'print the answer as JSON')
    .addOption(
      new Option('--folder <path>', 'folder of the migrations')
        .default(migrationsFolder, 'packages/db/migrations')
        .argParser((path) => resolve(path)),
    )
}
