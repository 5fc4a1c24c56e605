import { orAborted } from './abort.ts'
import { isStockbookError } from './StockbookError.ts'

const firstDelayMs = 200
const longestWaitMs = 60_000

/**
 * How long to wait before the next attempt: 200 ms doubled for every failure so far, stretched at
 * random to at most twice that so many clients do not return at once, and never less than the server
 * asked for. `null` when another attempt makes no sense: the error would come again, or the server
 * asks for more than a minute.
 * @param failures attempts that have failed so far, 1 or more
 * @param random from 0 up to 1
 */
export function retryDelayMs(error: unknown, failures: number, random: number): number | null {
  if (!isStockbookError(error) || !error.retryable) return null
  const retryAfterMs = error.retryAfterMs ?? 0
  if (retryAfterMs > longestWaitMs) return null
  const spread = firstDelayMs * 2 ** (failures - 1) * (1 + random)
  return Math.max(spread, retryAfterMs + random * firstDelayMs)
}

/**
 * Runs `attempt` again after failures that may pass, at most `maxRetries` more times.
 * @param limits `unless`: failures that are not to be repeated though they may pass
 */
export async function retrying<T>(
  limits: {
    maxRetries: number
    signal: AbortSignal | undefined
    unless?: (error: unknown) => boolean
  },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await attempt()
    } catch (error) {
      failures += 1
      const delayMs = retryDelayMs(error, failures, Math.random())
      if (delayMs === null || failures > limits.maxRetries || limits.unless?.(error)) throw error
      await sleep(delayMs, limits.signal)
    }
  }
}

/** Rejects with the signal's reason as soon as it is aborted. */
export async function sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs)
  })
  try {
    await orAborted(elapsed, signal)
  } finally {
    clearTimeout(timer)
  }
}
