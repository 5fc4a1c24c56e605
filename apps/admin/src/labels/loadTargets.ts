import type { ApiOutputs, StockbookClient } from '@stockbook/client'

type Product = ApiOutputs['products']['get']
type Lot = ApiOutputs['lots']['get']
type Location = ApiOutputs['locations']['get']

/** What labels are made for. */
export type LabelTarget =
  | { kind: 'product'; product: Product }
  | { kind: 'lot'; product: Product; lot: Lot }
  | { kind: 'location'; location: Location }

/** The tables whose rows can have labels. */
export type LabelledTable = 'products' | 'lots' | 'locations'

/** How many rows are asked for at once. */
const atOnce = 6

/** Reads the rows that labels are wanted for, in their order. */
export async function loadTargets(
  client: StockbookClient,
  table: LabelledTable,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<LabelTarget[]> {
  const products = new Map<string, Promise<Product>>()
  const productOf = (id: string) => {
    const asked = products.get(id) ?? client.products.get.query({ id }, { signal })
    products.set(id, asked)
    return asked
  }
  const load = async (id: string): Promise<LabelTarget> => {
    switch (table) {
      case 'products':
        return { kind: 'product', product: await productOf(id) }
      case 'locations':
        return { kind: 'location', location: await client.locations.get.query({ id }, { signal }) }
      case 'lots': {
        const lot = await client.lots.get.query({ id }, { signal })
        return { kind: 'lot', lot, product: await productOf(lot.productId) }
      }
    }
  }
  const targets: LabelTarget[] = []
  const waiting = [...ids.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, id] = next
      targets[index] = await load(id)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return targets
}
