import type { CsvOptions } from './download/csv.ts'
import type { FileOptions } from './download/download.ts'
import type { Link } from './link.ts'
import type { LiveOptions } from './live/liveEvents.ts'
import type { SubscriptionHandlers } from './live/subscribe.ts'

/** An open subscription. */
export type Subscription = {
  /** Ends it. The handlers hear nothing any more. */
  unsubscribe(): void
}

/** Something to do with a procedure besides one call with one answer. */
export type Stream = (path: string, input: unknown, more: never) => unknown

/** Whoever asks for none of these does not load the code for them. */
const load = () => import('./streams.ts')

/** What a client can do with its procedures besides calling them, by the verb that asks for it. */
export const streamsOf = (link: Link): Readonly<Record<string, Stream>> => ({
  subscribe(path, input, handlers: SubscriptionHandlers<unknown>): Subscription {
    const controller = new AbortController()
    void load().then((code) => code.subscribe(link, path, input, handlers, controller.signal))
    return { unsubscribe: () => controller.abort() }
  },
  async *iterate(path, input, options?: LiveOptions) {
    yield* (await load()).liveEvents(link, path, input, options)
  },
  csv: async (path, input, options?: CsvOptions) =>
    (await load()).downloadCsv(link, path, input, options),
  file: async (path, input, options?: FileOptions) =>
    (await load()).downloadAttachment(link, path, input as { id: string }, options),
})
