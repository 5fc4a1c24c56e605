import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MigrationError } from '../migrate/errors.ts'

/** Runs a command that finds the database in DATABASE_URL. @throws {MigrationError} when its exit code is not 0. */
export async function runOnDatabase(command: string, url: string): Promise<void> {
  const child = spawn(command, {
    shell: true,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new MigrationError('failed', `${command} ended with exit code ${code}.`)
}
