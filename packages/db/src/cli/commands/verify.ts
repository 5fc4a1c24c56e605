import type { Command } from 'commander'
import { verify } from '../../migrate/verify.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'
import { runOnDatabase } from '../shellCommand.ts'

type Options = { json?: boolean; folder: string; seed?: string }

export function verifyCommand(): Command {
  return databaseCommand(
    'verify',
    'Proves on a scratch database that every migration goes up, down and up again: exit code 6 when one does not.',
    ['verify', 'verify --seed "pnpm stockbook demo"'],
  )
    .option('--seed <command>', 'fills the scratch database, which it finds in DATABASE_URL')
    .action(async ({ json, folder, seed }: Options) => {
      const verified = await withDatabase((url) =>
        verify(url, {
          folder,
          seed: seed === undefined ? undefined : (scratch) => runOnDatabase(seed, scratch),
        }),
      )
      const lines = verified.flatMap(({ name, way, faults }) => [
        `${name}: ${faults.length > 0 ? 'FAULTY' : way}`,
        ...faults.map((fault) => `  ${fault}`),
      ])
      print({ json }, { verified }, lines)
      const faulty = verified.some(({ faults }) => faults.length > 0)
      process.exitCode = faulty ? exitCodes.faultsFound : exitCodes.done
    })
}
