import type { StockbookClient } from '@stockbook/client'
import { type ProcedureName, procedure } from '../contract/procedures.ts'

/** Calls a procedure by its name. The typed client knows names only while it is compiled. */
export function procedureCaller(client: StockbookClient) {
  return (name: ProcedureName, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    const [feature = '', own = ''] = name.split('.')
    const features = client as unknown as Record<string, Record<string, Callable>>
    const target = features[feature]?.[own]
    if (target === undefined) throw new Error(`The client has no procedure ${name}.`)
    const send = procedure(name).kind === 'query' ? target.query : target.mutate
    return send(input, { signal })
  }
}

type Send = (input: unknown, options: { signal: AbortSignal | undefined }) => Promise<unknown>
type Callable = { query: Send; mutate: Send }
