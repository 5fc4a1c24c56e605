import type { Command } from 'commander'
import { describe } from '../../migrate/describe.ts'
import { findMigration, readMigrations } from '../../migrate/folder/folder.ts'
import { databaseCommand } from '../command.ts'
import { print } from '../output.ts'

export function showCommand(): Command {
  return databaseCommand('show', 'Shows one migration: what it builds on, loses and runs.', [
    'show 0004',
    'show 0004_add_indexes --json',
  ])
    .argument('<name>', 'a name, the start of one, or a number')
    .action(async (name: string, { json, folder }: { json?: boolean; folder: string }) => {
      const migrations = await readMigrations(folder)
      const shown = await describe(findMigration(migrations, name), migrations)
      const facts = [
        shown.name,
        `builds on: ${shown.parents.join(' and ') || 'nothing'}`,
        shown.irreversible ? `cannot be undone: ${shown.irreversible}` : 'can be undone',
        ...shown.losesUp.map((loss) => `up loses ${loss}`),
        ...shown.losesDown.map((loss) => `down loses ${loss}`),
        ...Object.entries(shown.allowed).map(([rule, why]) => `allows ${rule}: ${why}`),
        ...(shown.transaction ? [] : ['runs outside a transaction']),
      ]
      const files = Object.entries(shown.files).flatMap(([file, text]) => [
        '',
        `-- ${file}`,
        text.trimEnd(),
      ])
      print({ json }, shown, [...facts, ...files])
    })
}
