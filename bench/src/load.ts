import type { StockbookClient } from '@stockbook/client'

export type Goods = { productId: string; locationId: string }[]

/** Products, each in a bin of its own with plenty of stock. */
export async function makeGoods(admin: StockbookClient<'admin'>, count: number): Promise<Goods> {
  const warehouse = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'W',
    name: 'Warehouse',
  })
  const goods: Goods = []
  for (let number = 0; number < count; number++) {
    const [product, bin] = await Promise.all([
      admin.products.create.mutate({ sku: `P-${number}`, name: `P ${number}`, baseUnit: 'piece' }),
      admin.locations.create.mutate({
        kind: 'bin',
        code: `B-${number}`,
        name: `B ${number}`,
        parentId: warehouse.id,
      }),
    ])
    goods.push({ productId: product.id, locationId: bin.id })
  }
  await admin.movements.post.mutate({
    lines: goods.map(({ productId, locationId }) => ({
      type: 'incoming',
      productId,
      toLocationId: locationId,
      quantity: 1_000_000_000,
    })),
  })
  return goods
}

/** Posts commands of one line from many callers for a while. Returns commands per second. */
export async function postForAWhile(
  admin: StockbookClient<'admin'>,
  goods: Goods,
  { callers, seconds }: { callers: number; seconds: number },
): Promise<number> {
  const until = performance.now() + seconds * 1000
  const begun = performance.now()
  let posted = 0
  const caller = async () => {
    while (performance.now() < until) {
      const { productId, locationId } = goods[Math.floor(Math.random() * goods.length)]!
      await admin.movements.post.mutate({
        lines: [{ type: 'outgoing', productId, fromLocationId: locationId, quantity: 1 }],
      })
      posted++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return posted / ((performance.now() - begun) / 1000)
}
