import { isStockbookError, listAll, type StockbookClient } from '@stockbook/client'
import type { Product } from '../catalogue/catalogue.ts'
import type { ScannedLot } from '../scanning/findScan.ts'

/**
 * Tells the server of a new lot, so that a command may name it. One that it knows stays as it is.
 * @throws StockbookError retryable without a network: a new lot cannot wait in the outbox
 */
export async function makeLot(
  client: StockbookClient,
  product: Product,
  lot: ScannedLot,
): Promise<ScannedLot> {
  if (lot.known !== null) return lot
  const { code, expiresOn } = lot
  try {
    return {
      ...lot,
      known: await client.lots.create.mutate({ productId: product.id, code, expiresOn }),
    }
  } catch (error) {
    if (!isStockbookError(error, 'ALREADY_EXISTS')) throw error
    // Made meanwhile, on another device or by an attempt whose answer was lost.
    const input = { productId: product.id, search: code, archived: 'all' } as const
    for await (const known of listAll(client.lots.list, input)) {
      if (known.code.toLowerCase() === code.toLowerCase()) return { ...lot, known }
    }
    throw error
  }
}
