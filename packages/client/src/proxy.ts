import type { Stream } from './lazily.ts'
import type { CallOptions } from './StockbookClient.ts'
import type { Request } from './transport.ts'

export type Kind = Request['kind']

const kindOfVerb: Readonly<Record<string, Kind>> = { query: 'query', mutate: 'mutation' }

/** Turns `client.products.list.query(input)` into `call('query', 'products.list', input)`. */
export function proxyOf(
  path: readonly string[],
  call: (kind: Kind, path: string, input: unknown, options?: CallOptions) => Promise<unknown>,
  streams: Readonly<Record<string, Stream>>,
  own: Readonly<Record<string, unknown>> = {},
): unknown {
  return new Proxy(own, {
    get(_target, key) {
      // Printing and comparing ask for symbols, which name no procedure.
      if (typeof key === 'symbol') return undefined
      if (Object.hasOwn(own, key)) return own[key]
      const stream = streams[key]
      if (stream) return (input: unknown, more: never) => stream(path.join('.'), input, more)
      const kind = kindOfVerb[key]
      if (kind === undefined) return proxyOf([...path, key], call, streams)
      return (input: unknown, options?: CallOptions) => call(kind, path.join('.'), input, options)
    },
  })
}
