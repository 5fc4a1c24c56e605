import type { Command } from 'commander'

export type RenameOptions = { rename: string[]; new: string[] }

const collect = (value: string, before: string[]) => [...before, value]

/** The flags that answer what the difference alone cannot tell. */
export function renameOptions(command: Command): Command {
  return command
    .option(
      '--rename <old=new>',
      'a table, column or type that was renamed (repeatable)',
      collect,
      [],
    )
    .option('--new <name>', 'one that is new, although another is gone (repeatable)', collect, [])
}
