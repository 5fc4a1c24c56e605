import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The user that PostgreSQL runs as. Empty: the user that runs Node. */
export type Account = { uid?: number; gid?: number }

/** 65534 is "nobody" on every Linux: an account that exists without anybody making one. */
const nobody = { uid: 65534, gid: 65534 }

/**
 * PostgreSQL refuses to run as root, so root hands it to the owner of the data, or to an account
 * with no rights at all when there is none yet.
 */
export async function serverAccount(home?: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const found = home ? await stat(home).catch(() => null) : null
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : nobody
}

/**
 * Whether the account may pass through a folder and all folders above it. A path that does not
 * exist yet counts as its nearest folder that does.
 */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null)
    if (found?.isDirectory()) {
      const enters = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001
      if ((found.mode & enters) === 0) return false
    }
    if (folder === dirname(folder)) return true
  }
}
