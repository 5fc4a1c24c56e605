import type { Link } from '../link.ts'
import { isStockbookError, type StockbookError } from '../StockbookError.ts'
import { type LiveOptions, liveEvents } from './liveEvents.ts'

/** Who hears of the events of a subscription, and of its end. */
export type SubscriptionHandlers<Event> = Omit<LiveOptions, 'signal'> & {
  onData(event: Event): void
  /** It has ended for good: the server refuses it. A lost connection ends nothing. */
  onError?: ((error: StockbookError) => void) | undefined
  /** It has ended for good: the server has no more to tell. */
  onComplete?: (() => void) | undefined
}

/** Tells the handlers all that comes. Nothing any more once the signal is aborted. */
export async function subscribe(
  link: Link,
  path: string,
  input: unknown,
  handlers: SubscriptionHandlers<unknown>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const event of liveEvents(link, path, input, { ...handlers, signal })) {
      if (signal.aborted) return
      handlers.onData(event)
    }
    handlers.onComplete?.()
  } catch (error) {
    if (signal.aborted) return
    if (!isStockbookError(error)) throw error
    handlers.onError?.(error)
  }
}
