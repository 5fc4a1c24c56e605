import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { promisify } from 'node:util'

/**
 * Whose process a number is: the PostgreSQL on this data folder, some other program's, or
 * nobody's. Numbers are used again, so nothing may be ended by its number alone.
 */
export async function identify(pid: number, data: string): Promise<'ours' | 'other' | 'nobody'> {
  if (!isAlive(pid)) return 'nobody'
  // There pg_ctl signals through a pipe that no other program has.
  if (platform() === 'win32') return 'ours'
  try {
    // A server's working folder is its data folder, also after that was moved to another path.
    const [working, wanted] = await Promise.all([stat(await workingFolder(pid)), stat(data)])
    return working.ino === wanted.ino && working.dev === wanted.dev ? 'ours' : 'other'
  } catch (error) {
    // No such folder: it ended in this moment. Anything else: it is not for us to see.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nobody' : 'other'
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function workingFolder(pid: number): Promise<string> {
  if (platform() === 'linux') return `/proc/${pid}/cwd`
  const { stdout } = await promisify(execFile)('lsof', ['-a', '-p', `${pid}`, '-d', 'cwd', '-Fn'])
  return (
    stdout
      .split('\n')
      .find((line) => line.startsWith('n'))
      ?.slice(1) ?? ''
  )
}
