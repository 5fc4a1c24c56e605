import type { SQL } from 'drizzle-orm'
import { isInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'
import { onEitherSide } from './book.sql.ts'

/** That a movement has a side inside the scope. Undefined: all can be seen. */
export const isVisible = (scope: WarehouseScope): SQL | undefined =>
  onEitherSide((column) => isInside(column, scope))
