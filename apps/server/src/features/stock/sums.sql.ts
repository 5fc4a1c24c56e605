import { locations, stockLevels, stockMovements } from '@stockbook/db'
import { type Column, type SQL, sql } from 'drizzle-orm'
import { isWithin } from '../../lists/tree.sql.ts'

/**
 * What a level was at a moment: the sum of its movements that had happened by then and, with
 * `knownAt`, that the book knew of by then.
 */
export function onHandAt(at: Date, knownAt: Date | undefined): SQL<number> {
  const known = knownAt ? sql`and recorded_at <= ${knownAt.toISOString()}::timestamptz` : sql``
  const moved = (side: Column) => sql`(
    select coalesce(sum(quantity), 0) from ${stockMovements}
    where product_id = ${stockLevels.productId} and ${side} = ${stockLevels.locationId}
      and lot_id is not distinct from ${stockLevels.lotId}
      and occurred_at <= ${at.toISOString()}::timestamptz ${known})`
  return sql`(${moved(stockMovements.toLocationId)} - ${moved(stockMovements.fromLocationId)})`.mapWith(
    Number,
  )
}

/** Base units that a place gained by a movement, or lost. Without a place: the whole stock. */
export function changeAt(locationId: string | undefined): SQL<number> {
  const isInside = (side: Column) =>
    locationId ? isWithin(side, locations, locationId) : sql`${side} is not null`
  return sql`(${stockMovements.quantity} * (
    (case when ${isInside(stockMovements.toLocationId)} then 1 else 0 end)
    - (case when ${isInside(stockMovements.fromLocationId)} then 1 else 0 end)))`.mapWith(Number)
}
