import type { Command } from 'commander'
import { generate } from '../../migrate/generate.ts'
import { askOnTerminal } from '../ask.ts'
import { databaseCommand } from '../command.ts'
import { print } from '../output.ts'
import { loadSchema, schemaOption } from '../schema.ts'

type Options = {
  json?: boolean
  folder: string
  schema: string
  rename: string[]
  new: string[]
  dryRun?: boolean
}

const collect = (value: string, before: string[]) => [...before, value]

export function generateCommand(): Command {
  return databaseCommand(
    'generate',
    'Makes a migration, up and down, from the difference between the models and the last snapshot.',
    [
      'generate "add category to products"',
      'generate "rename sku" --rename products.sku=products.code',
    ],
  )
    .argument('<words>', 'what changes, in two words or more')
    .option(
      '--rename <old=new>',
      'a table, column or type that was renamed (repeatable)',
      collect,
      [],
    )
    .option('--new <name>', 'one that is new, although another is gone (repeatable)', collect, [])
    .addOption(schemaOption())
    .option('--dry-run', 'show the files and write nothing')
    .action(async (words: string, options: Options) => {
      const { json, folder, rename, new: created, dryRun } = options
      const draft = await generate(words, {
        folder,
        schema: await loadSchema(options.schema),
        flags: { renames: rename, created },
        ask: json ? undefined : askOnTerminal(),
        dryRun,
      })
      const text = ['migration.sql', 'down.sql'].flatMap((file) => [
        `-- ${file}`,
        draft.files[file] ?? '',
      ])
      print({ json }, { ...draft, written: !dryRun }, [
        ...text,
        ...draft.warnings.map((warning) => `Careful: ${warning}.`),
        dryRun
          ? `Nothing was written (${draft.path}).`
          : `Written to ${draft.path}. Read it, then pnpm db:migrate.`,
      ])
    })
}
