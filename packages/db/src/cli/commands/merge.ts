import type { Command } from 'commander'
import { merge } from '../../migrate/generate/merge.ts'
import { askOnTerminal } from '../ask.ts'
import { databaseCommand } from '../command.ts'
import { printDraft } from '../draft.ts'
import { type RenameOptions, renameOptions } from '../renameOptions.ts'
import { loadSchema, schemaOption } from '../schema.ts'

type Options = RenameOptions & { json?: boolean; folder: string; schema: string; dryRun?: boolean }

export function mergeCommand(): Command {
  const command = databaseCommand(
    'merge',
    'Joins the heads of two branches by a migration on both.',
    ['merge "join prices and suppliers"'],
  ).argument('<words>', 'what is joined, in two words or more')
  return renameOptions(command)
    .addOption(schemaOption())
    .option('--dry-run', 'show the files and write nothing')
    .action(
      async (words: string, { json, folder, schema, dryRun, rename, new: created }: Options) => {
        const draft = await merge(words, {
          folder,
          schema: await loadSchema(schema),
          flags: { renames: rename, created },
          ask: json ? undefined : askOnTerminal(),
          dryRun,
        })
        printDraft({ json, dryRun }, draft)
      },
    )
}
