import { inventoryCheckLines, inventoryChecks } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'
import { isInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'

/**
 * That all places of a check are inside: those of its lines, and those that it was opened for. A check
 * is judged as a whole, so whoever may not see all of it has no part in it. Undefined: all are.
 */
export function isCheckInside(scope: WarehouseScope): SQL | undefined {
  if (scope === null) return undefined
  return sql`not exists (
      select from ${inventoryCheckLines} line
      where line.check_id = ${inventoryChecks.id} and not (${isInside(sql`line.location_id`, scope)}))
    and not exists (
      select from jsonb_array_elements_text(coalesce(${inventoryChecks.scope} -> 'locationIds', '[]'))
        as asked (id)
      where not (${isInside(sql`asked.id::uuid`, scope)}))`
}
