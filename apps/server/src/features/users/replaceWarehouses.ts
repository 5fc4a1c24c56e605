import { locations, type Tx, userWarehouses } from '@stockbook/db'
import { eq, inArray } from 'drizzle-orm'
import { StockError } from '../../errors.ts'

/**
 * Restricts a user, whom the transaction has made or locked, to these warehouses instead of those
 * before; with null, to none.
 * @throws StockError REFERENCE_NOT_FOUND, and INVALID_INPUT for a location that is no warehouse
 */
export async function replaceWarehouses(
  tx: Tx,
  userId: string,
  wanted: readonly string[] | null,
): Promise<void> {
  await tx.delete(userWarehouses).where(eq(userWarehouses.userId, userId))
  if (wanted === null) return
  const kinds = await tx
    .select({ id: locations.id, kind: locations.kind })
    .from(locations)
    .where(inArray(locations.id, [...wanted]))
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]))
  for (const [index, value] of wanted.entries()) {
    const kind = kindOf.get(value.toLowerCase())
    if (!kind) {
      throw new StockError('REFERENCE_NOT_FOUND', { entity: 'user', field: 'warehouseIds', value })
    }
    if (kind !== 'warehouse') {
      throw new StockError('INVALID_INPUT', {
        issues: [{ path: ['warehouseIds', index], message: `is a ${kind}: name a warehouse` }],
      })
    }
  }
  await tx
    .insert(userWarehouses)
    .values([...kindOf.keys()].map((warehouseId) => ({ userId, warehouseId })))
}
