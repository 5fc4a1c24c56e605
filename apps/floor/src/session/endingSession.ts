import { isStockbookError, type StockbookClient } from '@stockbook/client'

/**
 * The client of somebody who is signed in. It calls `onEnded` when the server knows the session no
 * more, and that call never settles: with the session, whoever made it has left the screen.
 */
export function endingSession(client: StockbookClient, onEnded: () => void): StockbookClient {
  return watched(client, (error) => {
    if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
    onEnded()
    return new Promise<never>(() => {})
  })
}

/** The same object, with what each promise of its methods, at any depth, does when it is rejected. */
function watched<T>(target: T, onRejected: (error: unknown) => Promise<never>): T {
  const isObject = typeof target === 'object' && target !== null
  if (!isObject && typeof target !== 'function') return target
  return new Proxy(target as T & object, {
    get: (object, key) => watched(Reflect.get(object, key) as unknown, onRejected),
    apply(method, self, args) {
      const answer: unknown = Reflect.apply(method as () => unknown, self, args as [])
      return answer instanceof Promise ? answer.catch(onRejected) : answer
    },
  })
}
