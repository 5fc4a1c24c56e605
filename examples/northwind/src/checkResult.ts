import { listAll, type StockbookClient } from '@stockbook/client'
import type { Northwind } from './northwind.ts'

/**
 * Compares what the server says is on hand with what Northwind states, product by product, and
 * has the server sum up its whole book.
 * @throws naming the first difference.
 */
export async function checkResult(admin: StockbookClient<'admin'>, { products }: Northwind) {
  const onHand = new Map<string, number>()
  for await (const level of listAll(admin.stock.levels, { includeZero: true })) {
    onHand.set(level.productName, (onHand.get(level.productName) ?? 0) + level.onHand)
  }
  for (const { name, unitsInStock } of products) {
    const found = onHand.get(name) ?? 0
    if (found !== unitsInStock) {
      throw new Error(`${name}: ${found} on hand, but Northwind states ${unitsInStock}`)
    }
  }
  const { ok, checkedMovements, faults } = await admin.stock.verify.query()
  if (!ok) throw new Error(`The book has faults: ${JSON.stringify(faults)}`)
  return {
    equalLevels: products.length,
    units: products.reduce((sum, { unitsInStock }) => sum + unitsInStock, 0),
    movements: checkedMovements,
  }
}
