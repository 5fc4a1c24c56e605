import type { OutboxStorage } from './storage.ts'

/** How long a holder that went away without a word keeps the others waiting. */
const leaseMs = 15_000

/**
 * Runs `work` when no other outbox on the storage does. By the platform's locks where there are any,
 * which a closed tab gives back at once, else by a lease in the storage. It spares the server double
 * work: two that send at once send the same commands under the same ids, in the same order.
 * @returns `null` when it ran, else the milliseconds after which to ask again
 */
export async function exclusively(
  storage: OutboxStorage,
  holder: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<number | null> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  if (locks === undefined) return underLease(storage, holder, work)
  await locks.request(`stockbook-outbox:${storage.name}`, { signal }, work)
  return null
}

async function underLease(
  storage: OutboxStorage,
  holder: string,
  work: () => Promise<void>,
): Promise<number | null> {
  const take = () =>
    storage.change((contents) => {
      const { lease } = contents
      const until = Date.now() + leaseMs
      const isOthers = lease !== null && lease.holder !== holder && lease.until > Date.now()
      // One that lasts longer than any was taken before the clock was put back.
      if (isOthers && lease.until <= until) return contents
      return { ...contents, lease: { holder, until } }
    })
  const { lease } = await take()
  if (lease?.holder !== holder) return Math.max(100, (lease?.until ?? 0) - Date.now())
  const renewal = setInterval(() => void take().catch(() => {}), leaseMs / 3)
  try {
    await work()
  } finally {
    clearInterval(renewal)
    await storage.change((contents) =>
      contents.lease?.holder === holder ? { ...contents, lease: null } : contents,
    )
  }
  return null
}
