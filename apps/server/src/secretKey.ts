import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The secret that signs tokens when no `SECRET_KEY` is set: made once and kept, readable by its
 * owner only, so that a restart signs nobody out. Production asks for one of its own.
 */
export async function readOrMakeSecretKey(folder: string): Promise<string> {
  const file = join(folder, 'secret-key')
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFile(file, 'utf8')
}
