import type { StockbookClient } from '@stockbook/client'
import { inParallel } from './inParallel.ts'
import type { MasterData } from './masterData.ts'
import type { Northwind } from './northwind.ts'
import { stableId } from './stableId.ts'

/** Before the first order left. */
const openedAt = new Date('1996-07-01T00:00:00Z')

const atOnce = 8

/**
 * Receives what must have been there at the start: what Northwind states to be in stock at the
 * end, and all that was shipped in between.
 */
export async function postOpeningStock(
  client: StockbookClient<'operator'>,
  { products, shipped }: Northwind,
  { products: productIds, bins }: MasterData,
): Promise<void> {
  const shippedUnits = new Map<number, number>()
  for (const { product, quantity } of shipped.flatMap((order) => order.lines)) {
    shippedUnits.set(product, (shippedUnits.get(product) ?? 0) + quantity)
  }
  await client.movements.post.mutate({
    commandId: stableId('opening stock'),
    occurredAt: openedAt,
    reference: 'opening stock',
    lines: products
      .map(({ number, unitsInStock }) => ({
        type: 'incoming' as const,
        productId: productIds.get(number)!,
        toLocationId: bins.get(number)!,
        quantity: unitsInStock + (shippedUnits.get(number) ?? 0),
      }))
      .filter(({ quantity }) => quantity > 0),
  })
}

/** Ships every order by a command of its own, dated when it left. */
export async function shipOrders(
  client: StockbookClient<'operator'>,
  { shipped }: Northwind,
  { customers, products, bins }: MasterData,
  onOrder: () => void,
): Promise<void> {
  await inParallel(shipped, atOnce, async (order) => {
    await client.movements.post.mutate({
      commandId: stableId(`order ${order.number}`),
      occurredAt: order.shippedAt,
      partnerId: customers.get(order.customer)!,
      reference: String(order.number),
      lines: order.lines.map(({ product, quantity }) => ({
        type: 'outgoing',
        productId: products.get(product)!,
        fromLocationId: bins.get(product)!,
        quantity,
      })),
    })
    onOrder()
  })
}
