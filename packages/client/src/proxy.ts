import type { CallOptions } from './StockbookClient.ts'
import type { Request } from './transport.ts'

export type Kind = Request['kind']

/** The two ways to hear the events of a subscription. */
export type LiveVerb = 'subscribe' | 'iterate'

const isLiveVerb = (key: string): key is LiveVerb => key === 'subscribe' || key === 'iterate'

const kindOfVerb: Readonly<Record<string, Kind>> = { query: 'query', mutate: 'mutation' }

/** Turns `client.products.list.query(input)` into `call('query', 'products.list', input)`. */
export function proxyOf(
  path: readonly string[],
  call: (kind: Kind, path: string, input: unknown, options?: CallOptions) => Promise<unknown>,
  live: (verb: LiveVerb, path: string, input: unknown, more: unknown) => unknown,
  own: Readonly<Record<string, unknown>> = {},
): unknown {
  return new Proxy(own, {
    get(_target, key) {
      // Printing and comparing ask for symbols, which name no procedure.
      if (typeof key === 'symbol') return undefined
      if (Object.hasOwn(own, key)) return own[key]
      if (isLiveVerb(key)) {
        return (input: unknown, more: unknown) => live(key, path.join('.'), input, more)
      }
      const kind = kindOfVerb[key]
      if (kind === undefined) return proxyOf([...path, key], call, live)
      return (input: unknown, options?: CallOptions) => call(kind, path.join('.'), input, options)
    },
  })
}
