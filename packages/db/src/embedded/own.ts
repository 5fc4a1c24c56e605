import { chown } from 'node:fs/promises'
import type { Account } from './account.ts'

/** Gives a path to the account, when that is another than the one that runs Node. */
export async function own(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}
