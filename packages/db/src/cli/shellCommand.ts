import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MigrationError } from '../migrate/errors.ts'

/** Runs a command that finds the database, as its owner, in DATABASE_URL and DATABASE_OWNER_URL. @throws {MigrationError} when its exit code is not 0. */
export async function runOnDatabase(command: string, url: string): Promise<void> {
  const child = spawn(command, {
    shell: true,
    // Both: with the owner's left as it was, the command would work on another database.
    env: { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: url },
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new MigrationError('failed', `${command} ended with exit code ${code}.`)
}
