import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MigrationError } from '../migrate/errors.ts'

/** Runs a command that finds the database, as its owner, in DATABASE_URL and DATABASE_OWNER_URL. Ended when `signal` is aborted. @throws {MigrationError} when its exit code is not 0. */
export async function runOnDatabase(
  command: string,
  url: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that all that the command started can be ended.
    detached: signal !== undefined,
    // Both: with the owner's left as it was, the command would work on another database.
    env: { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: url },
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    } catch {
      // It has just ended by itself.
    }
  }
  signal?.addEventListener('abort', end, { once: true })
  const [code] = await once(child, 'close')
  signal?.removeEventListener('abort', end)
  if (code !== 0) throw new MigrationError('failed', `${command} ended with exit code ${code}.`)
}
