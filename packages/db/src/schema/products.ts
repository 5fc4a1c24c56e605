import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { categories } from './categories.ts'
import { baseUnits, id, lifecycle } from './columns.ts'
import { partners } from './partners.ts'

export const productTracking = pgEnum('product_tracking', ['none', 'lot'])
export const abcClass = pgEnum('abc_class', ['A', 'B', 'C'])

/** Something that is stocked. */
export const products = pgTable(
  'products',
  {
    id: id(),
    /** Stock keeping unit: the product's own short code. Case does not matter. */
    sku: text('sku').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    categoryId: uuid('category_id'),
    /** Whom we usually buy it from. */
    supplierId: uuid('supplier_id'),
    /** The smallest countable unit, for instance `piece`, `gram`. All quantities count these. */
    baseUnit: text('base_unit').notNull(),
    /** `lot`: every movement of it names a lot. Cannot change once it has moved. */
    tracking: productTracking('tracking').notNull().default('none'),
    /** On hand at or below this many base units, it is time to order. */
    reorderPoint: baseUnits('reorder_point'),
    /** Never to fall below: counts as the reorder point where there is none. */
    minimumStock: baseUnits('minimum_stock'),
    /** An order fills up to here. */
    maximumStock: baseUnits('maximum_stock'),
    /** How much of the turnover it makes: `A` most, `C` least. Absent: not classified. */
    abcClass: abcClass('abc_class'),
    /** A lot with fewer good days left is not offered for picking. */
    minimumShelfLifeDays: integer('minimum_shelf_life_days'),
    /** List price of one base unit. */
    unitPrice: numeric('unit_price', { precision: 14, scale: 4 }),
    /** What one base unit costs us: values stock and variances. Absent: the list price does. */
    unitCost: numeric('unit_cost', { precision: 14, scale: 4 }),
    ...lifecycle,
  },
  (table) => [
    foreignKey({
      name: 'products_category_id_fkey',
      columns: [table.categoryId],
      foreignColumns: [categories.id],
    }),
    foreignKey({
      name: 'products_supplier_id_fkey',
      columns: [table.supplierId],
      foreignColumns: [partners.id],
    }),
    check(
      'products_reorder_point_check',
      sql`${table.reorderPoint} between 0 and 9007199254740991`,
    ),
    check('products_unit_price_check', sql`${table.unitPrice} >= 0`),
    check('products_unit_cost_check', sql`${table.unitCost} >= 0`),
    check(
      'products_stock_bounds_check',
      sql`${table.minimumStock} >= 0 and ${table.minimumStock} <= 9007199254740991
        and ${table.maximumStock} >= 0 and ${table.maximumStock} <= 9007199254740991
        and ${table.maximumStock} >= ${table.minimumStock}`,
    ),
    check('products_minimum_shelf_life_days_check', sql`${table.minimumShelfLifeDays} >= 0`),
    // `ab-1` and `AB-1` on two labels would be told apart by nobody; also the look-up by SKU.
    uniqueIndex('products_sku_key').on(sql`lower(${table.sku})`),
    index('products_name_idx').on(table.name, table.id), // the list, page by page
    // "All of this category", "all of this supplier", page by page.
    index('products_category_id_name_idx').on(table.categoryId, table.name, table.id),
    index('products_supplier_id_name_idx').on(table.supplierId, table.name, table.id),
    // Which units there are, and all of one of them, page by page.
    index('products_base_unit_name_idx').on(table.baseUnit, table.name, table.id),
    index('products_created_at_idx').on(table.createdAt, table.id), // the list, by age
    // Few among many: a walk through the list of all would hardly meet one.
    index('products_archived_idx')
      .on(table.name, table.id)
      .where(sql`${table.archivedAt} is not null`),
    index('products_lot_tracked_idx')
      .on(table.name, table.id)
      .where(sql`${table.tracking} = 'lot'`),
    index('products_abc_class_idx')
      .on(table.abcClass, table.name, table.id)
      .where(sql`${table.abcClass} is not null`),
    // Search finds any part of a name or a SKU; a sorted index knows only beginnings.
    index('products_name_trigram_idx').using('gin', table.name.op('gin_trgm_ops')),
    index('products_sku_trigram_idx').using('gin', table.sku.op('gin_trgm_ops')),
  ],
)
