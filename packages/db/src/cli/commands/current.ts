import type { Command } from 'commander'
import { migrationStatus } from '../../migrate/status.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'

export function currentCommand(): Command {
  return databaseCommand(
    'current',
    'Tells where the database is: exit code 0 current, 3 behind, 4 ahead, 5 diverged.',
    ['current', 'current --json'],
  ).action(async ({ json, folder }: { json?: boolean; folder: string }) => {
    const status = await withDatabase((url) => migrationStatus(url, { folder }))
    const { state, applied, pending, unknown, edited } = status
    const list = (title: string, names: string[]) =>
      names.length === 0 ? [] : [`${title}: ${names.join(', ')}`]
    print({ json }, status, [
      `${applied.at(-1) ?? 'nothing applied'} (${state})`,
      ...list('pending', pending),
      ...list('not in this code', unknown),
      ...list('edited after they were applied', edited),
    ])
    process.exitCode = state === 'current' ? exitCodes.done : exitCodes[state]
  })
}
