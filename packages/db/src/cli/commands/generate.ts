import type { Command } from 'commander'
import { generate } from '../../migrate/generate/generate.ts'
import { generateEmpty } from '../../migrate/generate/generateEmpty.ts'
import { askOnTerminal } from '../ask.ts'
import { databaseCommand } from '../command.ts'
import { printDraft } from '../draft.ts'
import { type RenameOptions, renameOptions } from '../renameOptions.ts'
import { loadSchema, schemaOption } from '../schema.ts'

type Options = RenameOptions & {
  json?: boolean
  folder: string
  schema: string
  empty?: boolean
  data?: boolean
  dryRun?: boolean
}

export function generateCommand(): Command {
  const command = databaseCommand(
    'generate',
    'Makes a migration, up and down, from the difference between the models and the last snapshot.',
    [
      'generate "add category to products"',
      'generate "rename sku to code" --rename products.sku=products.code',
      'generate --empty --data "fill product categories"',
    ],
  ).argument('<words>', 'what changes, in two words or more')
  return renameOptions(command)
    .option('--empty', 'for data, triggers, functions: files to fill in')
    .option('--data', 'with --empty: a step in TypeScript (data.ts), in batches')
    .addOption(schemaOption())
    .option('--dry-run', 'show the files and write nothing')
    .action(async (words: string, options: Options) => {
      const { json, folder, schema, empty, data, dryRun, rename, new: created } = options
      const draft =
        empty || data
          ? await generateEmpty(words, { folder, data, dryRun })
          : await generate(words, {
              folder,
              schema: await loadSchema(schema),
              flags: { renames: rename, created },
              ask: json ? undefined : askOnTerminal(),
              dryRun,
            })
      printDraft({ json, dryRun }, draft)
    })
}
