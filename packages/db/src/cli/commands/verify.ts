import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { backup } from '../../migrate/backup/backup.ts'
import { restore } from '../../migrate/backup/restore.ts'
import { migrate } from '../../migrate/migrate.ts'
import { assertUnedited, migrationStatus } from '../../migrate/status.ts'
import { verify } from '../../migrate/verify/verify.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'
import { runOnDatabase } from '../shellCommand.ts'

type Options = { json?: boolean; folder: string; rows?: string | true; seed?: string }

export function verifyCommand(): Command {
  return databaseCommand(
    'verify',
    'Proves on a scratch database that every migration goes up, down and up again: exit code 6 when one does not.',
    ['verify', 'verify --rows', 'verify --rows /srv/backups/2026-11-25T01-30-00Z'],
  )
    .option('--rows [backup]', 'also with rows: those of a backup, or of the database itself')
    .option('--seed <command>', 'also with the rows that a command makes; it finds DATABASE_URL')
    .action(async ({ json, folder, rows, seed }: Options) => {
      const verified = await withDatabase(async (url) => {
        assertUnedited(await migrationStatus(url, { folder }), folder)
        if (rows === true) {
          return withBackup(url, (copy) => verify(url, { folder, seed: restored(copy, folder) }))
        }
        if (rows !== undefined) return verify(url, { folder, seed: restored(rows, folder) })
        if (seed === undefined) return verify(url, { folder })
        return verify(url, { folder, seed: (scratch) => runOnDatabase(seed, scratch) })
      })
      const lines = verified.flatMap(({ name, way, faults }) => [
        `${name}: ${faults.length > 0 ? 'FAULTY' : way}`,
        ...faults.map((fault) => `  ${fault}`),
      ])
      print({ json }, { verified }, lines)
      const faulty = verified.some(({ faults }) => faults.length > 0)
      process.exitCode = faulty ? exitCodes.faultsFound : exitCodes.done
    })
}

/** Fills a scratch database from a backup, which may be of an older schema. */
const restored = (copy: string, folder: string) => async (scratch: string) => {
  await restore(scratch, copy, { replace: true })
  await migrate(scratch, { folder })
}

async function withBackup<T>(url: string, work: (copy: string) => Promise<T>): Promise<T> {
  const aside = await mkdtemp(join(tmpdir(), 'stockbook-verify-'))
  try {
    const copy = join(aside, 'backup')
    await backup(url, { folder: copy })
    return await work(copy)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
