import { createHash } from 'node:crypto'
import { type Db, rateLimits } from '@stockbook/db'
import { lt } from 'drizzle-orm'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { StockError } from '../../errors.ts'

export type Attempts = {
  /**
   * Counts an attempt to sign in, before anything is looked up or hashed. The counters stand in
   * PostgreSQL, so they are exact over all server processes.
   * @throws StockError TOO_MANY_ATTEMPTS with `retryAfterSeconds`
   */
  count(username: string, address: string): Promise<void>
  /** The password was right: the account's counters begin anew. */
  forget(username: string, address: string): Promise<void>
}

/**
 * Waits that end by themselves: whoever guesses from one address makes that address wait for a
 * minute, and the person whose account it is not at all. Only guesses from many addresses make the
 * account itself wait. An account takes at most 100 guesses in an hour from everywhere
 * together (NIST SP 800-63B allows as many in a row).
 */
const limits = {
  /** One account from one address. */
  pair: { points: 10, duration: 60 },
  account: { points: 100, duration: 3600 },
  /** Many people share the address of a warehouse. */
  address: { points: 1000, duration: 600 },
}

export function createAttempts(db: Db): Attempts {
  const limiter = (name: keyof typeof limits) =>
    new RateLimiterPostgres({
      ...limits[name],
      storeClient: db.$client,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      // Done by a job, which tells how that goes.
      clearExpiredByTimeout: false,
      keyPrefix: `sign-in ${name}`,
    })
  const [pair, account, address] = [limiter('pair'), limiter('account'), limiter('address')]
  // Hashed: the table need not tell which names were tried, and a key has a limited length.
  const accountKey = (username: string) =>
    createHash('sha256').update(username.trim().toLowerCase()).digest('base64url')
  const pairKey = (username: string, from: string) => `${accountKey(username)} ${from}`
  return {
    async count(username, from) {
      await consume(pair, pairKey(username, from))
      await consume(address, from)
      await consume(account, accountKey(username))
    },
    async forget(username, from) {
      await pair.delete(pairKey(username, from))
      await account.delete(accountKey(username))
    },
  }
}

/** Long after they ended: the clocks of several servers need not agree. */
const keptMs = 3_600_000

/** Forgets what no longer counts. Returns how many counters it was. */
export async function forgetEnded(db: Db): Promise<number> {
  const { rowCount } = await db.delete(rateLimits).where(lt(rateLimits.expire, Date.now() - keptMs))
  return rowCount ?? 0
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new StockError('TOO_MANY_ATTEMPTS', { retryAfterSeconds })
  }
}
