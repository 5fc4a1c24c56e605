import type { Connection } from '@stockbook/db'
import { StockError } from '../../errors.ts'
import { pathsOf } from './paths.sql.ts'
import { isPathInside, type WarehouseScope } from './warehouseScope.sql.ts'

/** A place that an input names, with what tells the caller where it does so. */
export type NamedPlace = { line?: number; field: string; locationId: string }

/**
 * Nobody who is restricted works at a place that is not inside. One that does not exist is refused in
 * the same words: nobody learns from them which there are.
 * @throws StockError OUTSIDE_WAREHOUSES naming the first
 */
export async function refuseOutside(
  db: Connection,
  scope: WarehouseScope,
  places: readonly NamedPlace[],
): Promise<void> {
  if (scope === null) return
  const paths = await pathsOf(
    db,
    places.map(({ locationId }) => locationId),
  )
  refuseOutsideOf(paths, scope, places)
}

/** The same, given for each place itself and every location that it stands in. */
export function refuseOutsideOf(
  paths: ReadonlyMap<string, readonly string[]>,
  scope: WarehouseScope,
  places: readonly NamedPlace[],
): void {
  const outside = places.find(
    ({ locationId }) => !isPathInside(paths.get(locationId.toLowerCase()) ?? [], scope),
  )
  if (outside) throw new StockError('OUTSIDE_WAREHOUSES', outside)
}
