import { categories, stockMovements } from '@stockbook/db'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { isWithin } from '../../lists/tree.sql.ts'
import { isPlace as isPlaceAsked, type WarehouseScope } from '../locations/warehouseScope.sql.ts'

export type Scope = {
  locationId?: string | undefined
  categoryId?: string | undefined
  /** The warehouses that the reader is restricted to. */
  warehouseIds: WarehouseScope
}

/** That a location is one of those asked for, and inside. */
export const isPlace = (column: SQLWrapper, { locationId, warehouseIds }: Scope): SQL =>
  isPlaceAsked(column, locationId, warehouseIds) ?? sql`true`

/** That a product, `p`, is of a category asked for. */
export const isOfCategory = ({ categoryId }: Pick<Scope, 'categoryId'>): SQL =>
  categoryId ? isWithin(sql`p.category_id`, categories, categoryId) : sql`true`

/** What each product has on hand at the places asked for, by product. */
export const onHandBy = (scope: Scope): SQL => sql`
  select product_id, sum(on_hand) as on_hand from stock_levels
  where on_hand > 0 and ${isPlace(sql`location_id`, scope)} group by product_id`

/** What one base unit of a product, `p`, is worth. Null when nobody has said. */
export const unitValue: SQL = sql`coalesce(p.unit_cost, p.unit_price)`

/**
 * That a movement, `m`, stands: it takes nothing back, and was not taken back. Those that take something
 * back are few: said so, PostgreSQL finds them in their index, where it would read the whole book for them.
 */
export const stands: SQL = sql`m.reverses_id is null and not exists (
  select from ${stockMovements} r where r.reverses_id = m.id and r.reverses_id is not null)`

/** The columns that name a product, `p`. */
export const goods: SQL = sql`p.id as "productId", p.sku, p.name as "productName",
  p.base_unit as "baseUnit"`
