import { foreignKey, index, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'
import { packagings } from './packagings.ts'
import { products } from './products.ts'

export const productCodeType = pgEnum('product_code_type', ['gtin', 'own'])

/** What a scanner reads: a code of a product, or of one of its packagings. */
export const productCodes = pgTable(
  'product_codes',
  {
    id: id(),
    productId: uuid('product_id').notNull(),
    /** Absent: the code stands for one base unit. */
    packagingId: uuid('packaging_id'),
    /** `gtin`: EAN-8, UPC-A, EAN-13 or GTIN-14, by its length. `own`: our own label. */
    type: productCodeType('type').notNull(),
    /** As printed, for instance `5901234123457`. */
    code: text('code').notNull(),
    /** EAN-8, UPC and EAN-13 padded to the fourteen digits of a GTIN, so that each spelling finds it. */
    lookupKey: text('lookup_key').notNull(),
    createdAt: lifecycle.createdAt,
  },
  (table) => [
    foreignKey({
      name: 'product_codes_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    // Both columns, so that a code cannot point at another product's packaging.
    foreignKey({
      name: 'product_codes_packaging_id_fkey',
      columns: [table.packagingId, table.productId],
      foreignColumns: [packagings.id, packagings.productId],
    }),
    unique('product_codes_lookup_key_key').on(table.lookupKey), // a scan must mean one thing
    index('product_codes_product_id_idx').on(table.productId), // the codes on a product's page
  ],
)
