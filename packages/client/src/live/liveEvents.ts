import { orAborted } from '../abort.ts'
import type { Link } from '../link.ts'
import { retryDelayMs, sleep } from '../retry.ts'
import { isStockbookError, StockbookError, withPath } from '../StockbookError.ts'
import { connection } from './connection.ts'

/** What can be said about one subscription, and what it tells of its connection. */
export type LiveOptions = {
  /** Ends the subscription. */
  signal?: AbortSignal | undefined
  /** The subscription stands: at the beginning, and each time it was made anew. */
  onConnected?: (() => void) | undefined
  /** The connection is lost. It is made anew by itself, and what is posted meanwhile comes then. */
  onDisconnected?: ((error: StockbookError) => void) | undefined
}

/** After so many attempts the pauses grow no more: they are then about half a minute. */
const longestGrowth = 7

/**
 * The events of a subscription, over as many connections as it takes: a lost one is made anew, and
 * goes on after the last event that came.
 * @throws StockbookError when the server refuses it, and `ABORTED`
 */
export async function* liveEvents(
  { endpoint, fetch, credentials, timeoutMs }: Link,
  path: string,
  input: unknown,
  { signal, onConnected, onDisconnected }: LiveOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  let lastEventId: string | null = null
  let isConnected = false
  let wasEverConnected = false
  let failures = 0
  let refusedAuthorization: string | null = null

  for (;;) {
    let authorization: string | null = null
    try {
      signal?.throwIfAborted()
      authorization = await orAborted(credentials.authorization(refusedAuthorization), signal)
      const request = { endpoint, path, input, lastEventId, authorization, timeoutMs, signal }
      const events = connection(fetch, request)
      for (;;) {
        const { done, value } = await events.next()
        if (done && value) return
        if (done) throw ended(path)
        // The first event, and not the connection: that stands before anybody has been refused.
        if (!isConnected) onConnected?.()
        isConnected = true
        wasEverConnected = true
        failures = 0
        refusedAuthorization = null
        yield value.data
        lastEventId = value.id ?? lastEventId
      }
    } catch (error) {
      if (signal?.aborted) throw aborted(path, signal)
      if (!isStockbookError(error)) throw error
      if (isConnected) onDisconnected?.(error)
      isConnected = false
      if (error.code === 'SIGN_IN_REQUIRED') {
        if (authorization === null || refusedAuthorization !== null) throw withPath(error, path)
        refusedAuthorization = authorization
        continue
      }
      failures += 1
      const delayMs = retryDelayMs(error, Math.min(failures, longestGrowth), Math.random())
      // A connection that the server has not missed yet may still count as one of the user's.
      const isFull = error.code === 'TOO_MANY_SUBSCRIPTIONS' && !wasEverConnected
      if (delayMs === null || isFull) throw withPath(error, path)
      // Rejects only when the caller aborts it; the loop then sees that.
      await sleep(delayMs, signal).catch(() => {})
    }
  }
}

function ended(path: string): StockbookError {
  return new StockbookError('CONNECTION_FAILED', {
    message: `The server ended the connection of ${path}.`,
    path,
    retryable: true,
  })
}

function aborted(path: string, signal: AbortSignal): StockbookError {
  const message = `${path} was aborted by its caller.`
  return new StockbookError('ABORTED', { message, path, cause: signal.reason })
}
