import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Account, isReachable } from './account.ts'
import { own } from './own.ts'

/** Where root keeps what its own folders would hide from the server's account. */
const systemFolder = '/var/lib/stockbook'

/** A socket's whole path is at most 103 bytes on macOS, 107 on Linux. */
const socketPathBytesMax = 100

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** `folder` itself, or a stand-in for it when the server's account cannot pass through to it. */
export async function reachableFolder(
  folder: string,
  account: Account,
  log: (line: string) => void,
): Promise<string> {
  if (await isReachable(folder, account)) return folder
  const standIn = join(systemFolder, shortHash(folder))
  log(
    `The database is kept in ${standIn}: PostgreSQL does not run as root, and ${folder} is closed to all others.`,
  )
  return standIn
}

/** A private folder for the socket: beside the data, or in the temporary folder when that path is too long. */
export async function socketFolder(home: string, account: Account): Promise<string> {
  const beside = join(home, 'socket')
  const short = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= socketPathBytesMax
  const base = (await isReachable(tmpdir(), account)) ? tmpdir() : '/tmp'
  const folder = short ? beside : join(base, `stockbook-${shortHash(home)}`)
  await mkdir(folder, { mode: 0o700 }).then(
    () => own(folder, account),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  const found = await lstat(folder)
  const owner = account.uid ?? process.getuid?.() ?? found.uid
  if (!found.isDirectory() || found.uid !== owner) {
    throw new Error(
      `${folder} should be this database's private folder, but it is somebody else's. Remove it and start again (${basename(folder)} is made anew).`,
    )
  }
  return folder
}
