import { maxPasswordBytes } from '@stockbook/client/contract'
import bcrypt from 'bcrypt'
import { createHashSlots } from './hashSlots.ts'

export type Passwords = {
  /** bcrypt hash of a password. Throws TOO_MANY_ATTEMPTS when too many are being hashed. */
  hash(password: string): Promise<string>
  /**
   * Whether the password belongs to the hash. With null (no such user) it takes the same time and
   * is false, so that an answer does not tell which names exist.
   */
  match(password: string, hash: string | null): Promise<boolean>
}

/**
 * @param cost bcrypt's work factor: each step doubles the time of a guess. Default 12.
 */
export async function createPasswords(cost = 12): Promise<Passwords> {
  const inSlot = createHashSlots()
  // A real hash of the same cost: comparing with a malformed one would return at once.
  const nobody = await bcrypt.hash('', cost)
  return {
    hash: (password) => inSlot(() => bcrypt.hash(password, cost)),
    async match(password, hash) {
      // bcrypt reads no further than this, so a longer one would match by its beginning.
      const readable = Buffer.byteLength(password) <= maxPasswordBytes
      const same = await inSlot(() => bcrypt.compare(readable ? password : '', hash ?? nobody))
      return same && readable && hash !== null
    },
  }
}
