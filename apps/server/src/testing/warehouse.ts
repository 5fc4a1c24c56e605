import type { StockbookClient } from '@stockbook/client'
import { listAll } from '@stockbook/client'

type Admin = StockbookClient<'admin'>
type Operator = StockbookClient<'operator'>
type ProductFields = Omit<Parameters<Admin['products']['create']['mutate']>[0], 'sku'>

let made = 0

/** A text that no other row of this test file has. */
const unique = (word: string) => `${word}-${++made}`

/** A warehouse with this many bins in it. Gives the bins' ids. */
export async function makeBins<Count extends number>(
  admin: Admin,
  count: Count,
): Promise<Ids<Count>> {
  const { id } = await makeLocation(admin, 'warehouse', null)
  const bins: string[] = []
  for (let index = 0; index < count; index++) {
    bins.push((await makeLocation(admin, 'bin', id)).id)
  }
  return bins as Ids<Count>
}

type Ids<Count extends number, Made extends string[] = []> = Made['length'] extends Count
  ? Made
  : Ids<Count, [...Made, string]>

export function makeLocation(
  admin: Admin,
  kind: 'warehouse' | 'zone' | 'bin',
  parentId: string | null,
) {
  const code = unique(kind.toUpperCase())
  return admin.locations.create.mutate({ kind, code, name: code, parentId })
}

/** A product counted in pieces, with no more than the fields that are given. */
export function makeProduct(admin: Admin, fields: Partial<ProductFields> = {}) {
  const sku = unique('SKU')
  return admin.products.create.mutate({ sku, name: sku, baseUnit: 'piece', ...fields })
}

/** A lot of a product that is tracked by lot. */
export function makeLot(client: Operator, productId: string) {
  return client.lots.create.mutate({ productId, code: unique('LOT') })
}

/** Goods that came from outside. Gives the answer of the command. */
export function receive(
  client: Operator,
  productId: string,
  toLocationId: string,
  quantity: number,
  occurredAt?: Date,
) {
  return client.movements.post.mutate({
    lines: [{ type: 'incoming', productId, toLocationId, quantity }],
    ...(occurredAt && { occurredAt }),
  })
}

/** Base units on hand of a product, over all places and lots or in one place. */
export async function onHand(
  client: Operator,
  productId: string,
  locationId?: string,
): Promise<number> {
  let total = 0
  const scope = { productId, ...(locationId && { locationId }) }
  for await (const level of listAll(client.stock.levels, scope)) total += level.onHand
  return total
}
