import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What signs a token must not be guessed: as many bytes as the shortest signature has. */
const minBytes = 32

/**
 * The secret that signs tokens when no `SECRET_KEY` is set: made once and kept, readable by its
 * owner only, so that a restart signs nobody out. Production asks for one of its own.
 * @throws when the file holds less than a key, so that no token is signed with nothing.
 */
export async function readOrMakeSecretKey(folder: string): Promise<string> {
  const file = join(folder, 'secret-key')
  const secret = (await readIfThere(file)) ?? (await makeSecretKey(folder, file))
  if (Buffer.byteLength(secret) < minBytes) {
    throw new Error(
      `${file} holds no usable key. Delete it to have a new one made; all who are signed in must then sign in again.`,
    )
  }
  return secret
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The file appears whole or not at all; of several starts at once, the first one's key stays. */
async function makeSecretKey(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `secret-key-${randomUUID()}`)
  await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft)
  }
  return readFile(file, 'utf8')
}
