import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'

export const partnerKind = pgEnum('partner_kind', ['supplier', 'customer'])

/** Suppliers, from whom goods come, and customers, to whom they go. */
export const partners = pgTable(
  'partners',
  {
    id: id(),
    kind: partnerKind('kind').notNull(),
    /** The short name used on paper and in other systems, for instance `VINET`. */
    code: text('code').notNull(),
    name: text('name').notNull(),
    contactName: text('contact_name'),
    email: text('email'),
    phone: text('phone'),
    address: text('address'),
    country: text('country'),
    /** A customer takes no lot with fewer good days left. */
    minimumShelfLifeDays: integer('minimum_shelf_life_days'),
    ...lifecycle,
  },
  (table) => [
    check('partners_minimum_shelf_life_days_check', sql`${table.minimumShelfLifeDays} >= 0`),
    // A firm that both sells to us and buys from us is two partners under one code.
    unique('partners_kind_code_key').on(table.kind, table.code),
    // Search finds any part of a name; a sorted index knows only beginnings.
    index('partners_name_trigram_idx').using('gin', table.name.op('gin_trgm_ops')),
    index('partners_code_trigram_idx').using('gin', table.code.op('gin_trgm_ops')),
    index('partners_name_idx').on(table.name, table.id), // the list, page by page
    // Which countries there are, and all of one of them, page by page.
    index('partners_country_name_idx').on(table.country, table.name, table.id),
  ],
)
