import { sql } from 'drizzle-orm'
import { date, foreignKey, index, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'
import { products } from './products.ts'

export const lotStatus = pgEnum('lot_status', ['available', 'hold', 'recalled'])

/** A batch of one product. */
export const lots = pgTable(
  'lots',
  {
    id: id(),
    productId: uuid('product_id').notNull(),
    /** As printed on the goods. */
    code: text('code').notNull(),
    /** The last good day, `YYYY-MM-DD`. Absent: it does not expire. */
    expiresOn: date('expires_on', { mode: 'string' }),
    status: lotStatus('status').notNull().default('available'),
    ...lifecycle,
  },
  (table) => [
    foreignKey({
      name: 'lots_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    unique('lots_product_id_code_key').on(table.productId, table.code),
    // Lets a movement prove that the lot it names is one of its product.
    unique('lots_id_product_id_key').on(table.id, table.productId),
    index('lots_code_idx').on(table.code, table.id), // the list, page by page
    index('lots_created_at_idx').on(table.createdAt, table.id), // the same, by age
    // The same, by expiry: what does not expire comes last.
    index('lots_expiry_idx').on(sql`coalesce(${table.expiresOn}, 'infinity')`, table.id),
    // Search finds any part of a code; a sorted index knows only beginnings.
    index('lots_code_trigram_idx').using('gin', table.code.op('gin_trgm_ops')),
    index('lots_expires_on_idx').on(table.expiresOn), // "what expires soon"
    // Few among many.
    index('lots_unavailable_idx')
      .on(table.status, table.code, table.id)
      .where(sql`${table.status} <> 'available'`),
  ],
)
