import { type Connection, locations } from '@stockbook/db'
import { and, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { isWithin, withinTree } from '../../lists/tree.sql.ts'
import { pathsOf } from './paths.sql.ts'

/*
 * Whoever is restricted to warehouses sees, and works at, the places in them and no others: for them
 * all others are not there. This file says which places are inside; every feature asks it.
 */

/** The warehouses that a caller is restricted to. Null: to none, the caller works in all. */
export type WarehouseScope = Actor['warehouseIds']

/** That a column names a place that is inside. Undefined: all are. */
export function isInside(column: SQLWrapper, scope: WarehouseScope): SQL | undefined {
  return scope === null ? undefined : isWithin(column, locations, scope)
}

/** The same as `isInside`, for a list whose speed matters. */
export async function insideOf(
  db: Connection,
  scope: WarehouseScope,
): Promise<(column: SQLWrapper) => SQL | undefined> {
  return scope === null ? () => undefined : withinTree(db, locations, scope)
}

/** That a column names a place that is inside and, if a location is asked for, in that one. */
export function isPlace(
  column: SQLWrapper,
  locationId: string | undefined,
  scope: WarehouseScope,
): SQL | undefined {
  return and(
    locationId === undefined ? undefined : isWithin(column, locations, locationId),
    isInside(column, scope),
  )
}

/** The place that a column names, or null where it is not inside. */
export function placeInside(column: SQLWrapper, scope: WarehouseScope): SQL<string | null> {
  const inside = isInside(column, scope)
  return inside ? sql<string | null>`case when ${inside} then ${column} end` : sql`${column}`
}

/** Whether a place is inside, given itself and every location that it stands in. */
export function isPathInside(path: readonly string[], scope: WarehouseScope): boolean {
  return scope === null || path.some((place) => scope.includes(place))
}

/** Whether a place is inside. One that does not exist is not, for anybody who is restricted. */
export async function isLocationInside(
  db: Connection,
  locationId: string,
  scope: WarehouseScope,
): Promise<boolean> {
  if (scope === null) return true
  const paths = await pathsOf(db, [locationId])
  return isPathInside(paths.get(locationId.toLowerCase()) ?? [], scope)
}
