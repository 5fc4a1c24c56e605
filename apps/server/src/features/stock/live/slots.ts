import { StockError } from '../../../errors.ts'

/** So many subscriptions one user may have open at one server process. */
const maxPerUser = 5

export type Slots = {
  /**
   * Takes a place for one more subscription of a user, and gives the function that frees it.
   * @throws StockError TOO_MANY_SUBSCRIPTIONS
   */
  take(userId: string): () => void
  /** How many are open. */
  open(): number
}

/** Counts the open subscriptions of each user. */
export function createSlots(): Slots {
  const taken = new Map<string, number>()
  return {
    take(userId) {
      const before = taken.get(userId) ?? 0
      if (before >= maxPerUser) {
        throw new StockError('TOO_MANY_SUBSCRIPTIONS', { open: before, allowed: maxPerUser })
      }
      taken.set(userId, before + 1)
      return () => {
        const left = (taken.get(userId) ?? 1) - 1
        if (left === 0) taken.delete(userId)
        else taken.set(userId, left)
      }
    },
    open: () => [...taken.values()].reduce((sum, ofUser) => sum + ofUser, 0),
  }
}
