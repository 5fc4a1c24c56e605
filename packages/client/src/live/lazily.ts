import type { Link, LiveOptions } from './liveEvents.ts'
import type { SubscriptionHandlers } from './subscribe.ts'

/** An open subscription. */
export type Subscription = {
  /** Ends it. The handlers hear nothing any more. */
  unsubscribe(): void
}

/** Subscribes once the code for it is loaded: who never subscribes does not load it. */
export function subscribeLazily(
  link: Link,
  path: string,
  input: unknown,
  handlers: SubscriptionHandlers<unknown>,
): Subscription {
  const controller = new AbortController()
  void import('./subscribe.ts').then(({ subscribe }) =>
    subscribe(link, path, input, handlers, controller.signal),
  )
  return { unsubscribe: () => controller.abort() }
}

/** The same, event by event, read no faster than they are taken. */
export async function* iterateLazily(
  link: Link,
  path: string,
  input: unknown,
  options?: LiveOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { liveEvents } = await import('./liveEvents.ts')
  yield* liveEvents(link, path, input, options)
}
