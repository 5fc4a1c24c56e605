import { listAll, type StockbookClient } from '@stockbook/client'
import type { CatalogueData } from './catalogue.ts'

/** Reads from the server what scanning needs of the master data that is in use. */
export async function readCatalogue(client: StockbookClient): Promise<CatalogueData> {
  const readAt = new Date()
  const [products, locations, lots] = await Promise.all([
    all(listAll(client.products.list, { limit: 200, sort: 'sku' })),
    all(listAll(client.locations.list, { limit: 200 })),
    all(listAll(client.lots.list, { limit: 200 })),
  ])
  return {
    products: products.map(({ id, sku, name, baseUnit, tracking, packagings, codes }) => ({
      id,
      sku,
      name,
      baseUnit,
      tracking,
      packagings: packagings
        .filter(({ archivedAt }) => archivedAt === null)
        .map((packaging) => ({ id: packaging.id, name: packaging.name, factor: packaging.factor })),
      codes: codes.map(({ code, packaging }) => ({ code, packaging })),
    })),
    locations: locations.map(({ id, code, name, kind }) => ({ id, code, name, kind })),
    lots: lots.map(({ id, productId, code, expiresOn, status }) => ({
      id,
      productId,
      code,
      expiresOn,
      status,
    })),
    readAt,
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
