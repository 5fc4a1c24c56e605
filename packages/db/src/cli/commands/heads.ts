import type { Command } from 'commander'
import { headsOf, readMigrations } from '../../migrate/folder/folder.ts'
import { databaseCommand } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'

export function headsCommand(): Command {
  return databaseCommand(
    'heads',
    'Lists the migrations that nothing builds on: exit code 6 when there is more than one.',
    ['heads'],
  ).action(async ({ json, folder }: { json?: boolean; folder: string }) => {
    const heads = headsOf(await readMigrations(folder)).map(({ name }) => name)
    const advice = heads.length > 1 ? ['Join them with pnpm db:merge "words of your choice".'] : []
    print({ json }, { heads }, [...heads, ...advice])
    process.exitCode = heads.length > 1 ? exitCodes.faultsFound : exitCodes.done
  })
}
