import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseUnits, id, lifecycle } from './columns.ts'
import { products } from './products.ts'

/** A named multiple of a product's base unit: `case` = 144. */
export const packagings = pgTable(
  'packagings',
  {
    id: id(),
    productId: uuid('product_id').notNull(),
    name: text('name').notNull(),
    /** Base units in one packaging. A change touches no past movement: those keep base units. */
    factor: baseUnits('factor').notNull(),
    ...lifecycle,
  },
  (table) => [
    foreignKey({
      name: 'packagings_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    check('packagings_factor_check', sql`${table.factor} between 1 and 1000000000`),
    unique('packagings_product_id_name_key').on(table.productId, table.name),
    // Lets codes and movements prove that the packaging they name is one of their own product.
    unique('packagings_id_product_id_key').on(table.id, table.productId),
  ],
)
