import { type Connection, locations, lots, stockLevels } from '@stockbook/db'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { pathsOf } from '../locations/paths.sql.ts'
import { isPathInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'
import type { Cell } from './allocation.ts'

/** What lies of a product in one bin, of one lot, with what decides whether it may go out. */
export type Goods = Cell & {
  productId: string
  locationId: string
  locationCode: string
  pickSequence: number | null
  lotCode: string | null
  lotStatus: 'available' | 'hold' | 'recalled' | null
  /** The last good day, `YYYY-MM-DD`. */
  expiresOn: string | null
}

/** All that is on hand of the products, ordered by place and lot. */
export async function goodsOf(db: Connection, productIds: readonly string[]): Promise<Goods[]> {
  const rows = await db
    .select({
      productId: stockLevels.productId,
      locationId: stockLevels.locationId,
      locationCode: locations.code,
      pickSequence: locations.pickSequence,
      lotId: stockLevels.lotId,
      lotCode: lots.code,
      lotStatus: lots.status,
      expiresOn: lots.expiresOn,
      quantity: stockLevels.onHand,
    })
    .from(stockLevels)
    .innerJoin(locations, eq(locations.id, stockLevels.locationId))
    .leftJoin(lots, eq(lots.id, stockLevels.lotId))
    .where(and(inArray(stockLevels.productId, [...productIds]), gt(stockLevels.onHand, 0)))
    .orderBy(asc(sql`lower(${locations.code})`), asc(lots.code), asc(stockLevels.id))
  const paths = await pathsOf(
    db,
    rows.map(({ locationId }) => locationId),
  )
  return rows.map((row) => ({ ...row, path: paths.get(row.locationId)! }))
}

/** Of these, the goods at places that are inside. */
export async function goodsInside(
  db: Connection,
  productIds: readonly string[],
  scope: WarehouseScope,
): Promise<Goods[]> {
  const goods = await goodsOf(db, productIds)
  return goods.filter(({ path }) => isPathInside(path, scope))
}
