import { sql as expression } from 'drizzle-orm'
import * as t from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { generate } from '../../src/migrate/generate/generate.ts'
import { migrate, rollback } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, sql } from './workshop.ts'

type Schema = Record<string, unknown>
type Change = {
  name: string
  before: () => Schema
  after: () => Schema
  renames?: string[]
  /** Rows that must be there after up, down and up. */
  rows?: { insert: string; select: string }
}

const products = (more = {}, extra?: (table: any) => any[]) =>
  t.pgTable(
    'products',
    { id: t.integer().primaryKey(), sku: t.text().notNull(), name: t.text().notNull(), ...more },
    extra,
  )

const oneProduct = `insert into products (id, sku, name) values (1, 'A-1', 'Anvil')`

const keyed = (...key: string[]) => ({
  lines: t.pgTable(
    'lines',
    { id: t.integer().notNull(), product: t.integer().notNull(), place: t.integer().notNull() },
    (table: any) => [t.primaryKey({ columns: key.map((name) => table[name]) as any })],
  ),
})

const linked = (table: string, column: string) => {
  const kind = t.pgEnum('kind', ['a', 'b'])
  const categories = t.pgTable('categories', { id: t.integer().primaryKey() })
  const goods = t.pgTable(
    table,
    {
      id: t.serial().primaryKey(),
      position: t.integer().generatedAlwaysAsIdentity(),
      [column]: t.text().unique(),
      category: t.integer().references(() => categories.id),
      kind: kind(),
    },
    (self: any) => [
      t.index().on(self.category),
      t.check('filled', expression`${self[column]} <> ''`),
    ],
  )
  return { kind, categories, goods }
}

const weighed = (weight: any) => {
  const goods = t.pgTable('goods', { id: t.integer().primaryKey(), weight }, (self: any) => [
    t.check('goods_weight_check', expression`${self.weight} > 0`),
  ]) as any
  const heavy = t
    .pgView('heavy')
    .as((query: any) =>
      query
        .select({ id: goods.id, weight: goods.weight })
        .from(goods)
        .where(expression`${goods.weight} > 10`),
    )
  return { goods, heavy }
}

const graded = (name: string) => {
  const grade = t.pgEnum(name, ['good', 'bad'])
  return {
    grade,
    goods: t.pgTable('goods', { id: t.integer().primaryKey(), grade: grade('grade') }),
  }
}

const tree = (key: string) => ({
  places: t.pgTable(
    'places',
    { key: t.integer(key).primaryKey(), parent: t.integer(`parent_${key}`) },
    (self) => [
      t.foreignKey({
        name: 'places_parent_fkey',
        columns: [self.parent],
        foreignColumns: [self.key],
      }),
      t.index('places_parent_idx').on(self.parent).where(expression`${self.parent} is not null`),
      t.unique('places_both_key').on(self.key, self.parent),
      t.check('places_own_parent_check', expression`${self.parent} <> ${self.key}`),
    ],
  ),
})

const changes: Change[] = [
  {
    name: 'add table',
    before: () => ({ products: products() }),
    after: () => ({
      products: products(),
      categories: t.pgTable('categories', {
        id: t.uuid().primaryKey().defaultRandom(),
        name: t.text().notNull().unique('categories_name_key'),
      }),
    }),
    rows: { insert: oneProduct, select: 'select id, sku, name from products' },
  },
  {
    name: 'add column with data',
    before: () => ({ products: products() }),
    after: () => ({ products: products({ category: t.text().notNull().default('general') }) }),
    rows: { insert: oneProduct, select: 'select id, sku, name from products' },
  },
  {
    name: 'rename column',
    before: () => ({ products: products() }),
    after: () => ({
      products: t.pgTable('products', {
        id: t.integer().primaryKey(),
        code: t.text().notNull(),
        name: t.text().notNull(),
      }),
    }),
    renames: ['products.sku=products.code'],
    rows: {
      insert: oneProduct,
      select:
        "select to_jsonb(products) - 'sku' - 'code' as rest, coalesce(to_jsonb(products)->>'sku', to_jsonb(products)->>'code') as kept from products",
    },
  },
  {
    name: 'rename table',
    before: () => ({ products: products() }),
    after: () => ({
      goods: t.pgTable('goods', {
        id: t.integer().primaryKey(),
        sku: t.text().notNull(),
        name: t.text().notNull(),
      }),
    }),
    renames: ['products=goods'],
    rows: {
      insert: oneProduct,
      select: `select query_to_xml('select * from ' || coalesce(to_regclass('goods'), to_regclass('products')), true, true, '')::text`,
    },
  },
  {
    name: 'rename table and column together',
    before: () => ({ products: products() }),
    after: () => ({
      goods: t.pgTable('goods', {
        id: t.integer().primaryKey(),
        code: t.text().notNull(),
        name: t.text().notNull(),
      }),
    }),
    renames: ['products=goods', 'goods.sku=goods.code'],
    rows: {
      insert: oneProduct,
      select: `select query_to_xml('select id, name, ' || case when to_regclass('goods') is null
        then 'sku as code from products' else 'code from goods' end, true, true, '')::text`,
    },
  },
  {
    name: 'rename table with derived names',
    before: () => linked('products', 'sku'),
    after: () => linked('goods', 'code'),
    renames: ['products=goods', 'goods.sku=goods.code'],
  },
  {
    name: 'change type under a view and a check',
    before: () => weighed(t.integer().notNull()),
    after: () => weighed(t.bigint({ mode: 'number' }).notNull()),
    rows: {
      insert: `insert into goods values (1, 12)`,
      select: 'select id, weight::int from heavy',
    },
  },
  {
    name: 'change type',
    before: () => ({ products: products({ weight: t.integer() }) }),
    after: () => ({ products: products({ weight: t.bigint({ mode: 'number' }) }) }),
    rows: {
      insert: `insert into products (id, sku, name, weight) values (1, 'A-1', 'Anvil', 12)`,
      select: 'select weight::int from products',
    },
  },
  {
    name: 'change type from text to number',
    before: () => ({ products: products({ weight: t.text() }) }),
    after: () => ({ products: products({ weight: t.integer() }) }),
    rows: {
      insert: `insert into products (id, sku, name, weight) values (1, 'A-1', 'Anvil', '12')`,
      select: 'select weight::int from products',
    },
  },
  {
    name: 'add enum value',
    before: () => {
      const status = t.pgEnum('status', ['open', 'closed'])
      return { status, products: products({ status: status().notNull().default('open') }) }
    },
    after: () => {
      const status = t.pgEnum('status', ['open', 'held', 'closed'])
      return { status, products: products({ status: status().notNull().default('open') }) }
    },
    rows: { insert: oneProduct, select: 'select status::text from products' },
  },
  {
    name: 'remove enum value',
    before: () => {
      const status = t.pgEnum('status', ['open', 'held', 'closed'])
      return {
        status,
        products: products({ status: status().notNull().default('open') }, (table) => [
          t.index('products_open_idx').on(table.id).where(expression`${table.status} = 'open'`),
        ]),
      }
    },
    after: () => {
      const status = t.pgEnum('status', ['open', 'closed'])
      return {
        status,
        products: products({ status: status().notNull().default('open') }, (table) => [
          t.index('products_open_idx').on(table.id).where(expression`${table.status} = 'open'`),
        ]),
      }
    },
    rows: { insert: oneProduct, select: 'select status::text from products' },
  },
  {
    name: 'replace key by composite key',
    before: () => keyed('id'),
    after: () => keyed('product', 'place'),
    rows: { insert: 'insert into lines values (1, 2, 3)', select: 'select * from lines' },
  },
  {
    name: 'replace composite key by id column',
    before: () => ({
      lines: t.pgTable(
        'lines',
        { product: t.integer().notNull(), place: t.integer().notNull() },
        (table) => [t.primaryKey({ columns: [table.product, table.place] })],
      ),
    }),
    after: () => ({
      lines: t.pgTable('lines', {
        id: t.integer().primaryKey().generatedAlwaysAsIdentity(),
        product: t.integer().notNull(),
        place: t.integer().notNull(),
      }),
    }),
    rows: {
      insert: 'insert into lines (product, place) values (2, 3)',
      select: 'select product, place from lines',
    },
  },
  {
    name: 'add check',
    before: () => ({ products: products({ weight: t.integer() }) }),
    after: () => ({
      products: products({ weight: t.integer() }, (table) => [
        t.check('products_weight_check', expression`${table.weight} > 0`),
      ]),
    }),
  },
  {
    name: 'change check',
    before: () => ({
      products: products({ weight: t.integer() }, (table) => [
        t.check('products_weight_check', expression`${table.weight} > 0`),
      ]),
    }),
    after: () => ({
      products: products({ weight: t.integer() }, (table) => [
        t.check('products_weight_check', expression`${table.weight} >= 0`),
      ]),
    }),
  },
  {
    name: 'add partial and trigram index',
    before: () => ({ products: products({ archived: t.boolean().notNull().default(false) }) }),
    after: () => ({
      products: products({ archived: t.boolean().notNull().default(false) }, (table) => [
        t.index('products_live_idx').on(table.sku).where(expression`not ${table.archived}`),
        t.index('products_name_trigram_idx').using('gin', table.name.op('gin_trgm_ops')),
        t.uniqueIndex('products_sku_lower_idx').on(expression`lower(${table.sku})`),
      ]),
    }),
  },
  {
    name: 'rename index',
    before: () => ({ products: products({}, (table) => [t.index('old_idx').on(table.name)]) }),
    after: () => ({ products: products({}, (table) => [t.index('new_idx').on(table.name)]) }),
  },
  {
    name: 'add foreign key',
    before: () => ({
      categories: t.pgTable('categories', { id: t.integer().primaryKey() }),
      products: products({ categoryId: t.integer('category_id') }),
    }),
    after: () => {
      const categories = t.pgTable('categories', { id: t.integer().primaryKey() })
      return {
        categories,
        products: products({ categoryId: t.integer('category_id') }, (table) => [
          t.foreignKey({
            name: 'products_category_id_fkey',
            columns: [table.categoryId],
            foreignColumns: [categories.id],
          }),
        ]),
      }
    },
  },
  {
    name: 'add view',
    before: () => ({ products: products() }),
    after: () => {
      const table = products()
      return {
        products: table,
        skus: t.pgView('skus').as((query: any) => query.select({ sku: table.sku }).from(table)),
      }
    },
  },
  {
    name: 'change view',
    before: () => {
      const table = products()
      return {
        products: table,
        skus: t.pgView('skus').as((query: any) => query.select({ sku: table.sku }).from(table)),
      }
    },
    after: () => {
      const table = products()
      return {
        products: table,
        skus: t.pgView('skus').as((query: any) => query.select({ name: table.name }).from(table)),
      }
    },
  },
  {
    name: 'drop column and table',
    before: () => ({
      products: products({ note: t.varchar({ length: 20 }) }),
      notes: t.pgTable('notes', { id: t.serial().primaryKey(), text: t.text().array() }),
    }),
    after: () => ({ products: products() }),
  },
  {
    name: 'add generated column',
    before: () => ({ products: products() }),
    after: () => ({
      products: products({ label: t.text().generatedAlwaysAs(expression`sku || ' ' || name`) }),
    }),
  },
  {
    name: 'drop columns that were not null',
    before: () => {
      const status = t.pgEnum('status', ['open', 'closed'])
      return {
        status,
        products: products({
          code: t.varchar({ length: 9 }).notNull(),
          size: t.integer().notNull(),
          price: t.numeric({ precision: 9, scale: 2 }).notNull(),
          made: t.timestamp({ withTimezone: true }).notNull(),
          day: t.date().notNull(),
          good: t.boolean().notNull(),
          mark: t.uuid().notNull().unique('products_mark_key'),
          body: t.jsonb().notNull(),
          tags: t.text().array().notNull(),
          status: status().notNull(),
        }),
      }
    },
    after: () => ({ status: t.pgEnum('status', ['open', 'closed']), products: products() }),
    rows: {
      insert: `insert into products values (1, 'A-1', 'Anvil', 'x', 1, 1, now(), now(), true, gen_random_uuid(), '{}', '{}', 'open'),
        (2, 'A-2', 'Bolt', 'y', 1, 1, now(), now(), true, gen_random_uuid(), '{}', '{}', 'open')`,
      select: 'select id, sku, name from products order by id',
    },
  },
  {
    name: 'rename enum',
    before: () => graded('grade'),
    after: () => graded('quality'),
    renames: ['grade=quality'],
    rows: {
      insert: `insert into goods values (1, 'good')`,
      select: 'select id, grade::text from goods',
    },
  },
  {
    name: 'rename column in key, index, check and reference',
    before: () => tree('id'),
    after: () => tree('number'),
    renames: ['places.id=places.number', 'places.parent_id=places.parent_number'],
    rows: {
      insert: 'insert into places values (1, null), (2, 1)',
      select:
        "select array(select row_to_json(places)::text from places)::text ~ '2.*:1' as kept from places",
    },
  },
  {
    name: 'drop enum with its column',
    before: () => graded('grade'),
    after: () => ({ goods: t.pgTable('goods', { id: t.integer().primaryKey() }) }),
  },
  {
    name: 'add materialized view and sequence',
    before: () => ({ products: products() }),
    after: () => {
      const table = products()
      return {
        products: table,
        numbers: t.pgSequence('numbers', { startWith: 100, increment: 5 }),
        names: t
          .pgMaterializedView('names')
          .as((query: any) => query.select({ name: table.name }).from(table)),
      }
    },
  },
  {
    name: 'change number and text sizes',
    before: () => ({
      products: products({
        code: t.varchar({ length: 10 }),
        price: t.numeric({ precision: 8, scale: 2 }),
      }),
    }),
    after: () => ({
      products: products({
        code: t.varchar({ length: 20 }),
        price: t.numeric({ precision: 12, scale: 4 }),
      }),
    }),
  },
  {
    name: 'add a schema with a table',
    before: () => ({ products: products() }),
    after: () => {
      const side = t.pgSchema('side')
      return {
        side,
        products: products(),
        notes: side.table('notes', { id: t.integer().primaryKey() }),
      }
    },
  },
  {
    name: 'allow null and drop default',
    before: () => ({ products: products({ size: t.integer().notNull().default(1) }) }),
    after: () => ({ products: products({ size: t.integer() }) }),
  },
]

describe('a schema change goes up, down and up again, and the catalog is the same at each station', () => {
  test.for(changes)('$name', async ({ name, before, after, renames, rows }) => {
    await using database = await createTestDatabase({ empty: true })
    await using fresh = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    await using other = await createWorkshop()
    const { url } = database
    const { folder } = workshop
    await Promise.all([url, fresh.url].map((it) => sql(it, 'create extension pg_trgm')))

    await generate('initial', { folder, schema: before() })
    await migrate(url, { folder })
    if (rows) await sql(url, rows.insert)
    const kept = rows && (await sql(url, rows.select))
    const stationBefore = await catalogOf(url)

    const draft = await generate(name.includes(' ') ? name : `${name} now`, {
      folder,
      schema: after(),
      flags: { renames },
    })
    expect(draft.files['down.sql']).not.toBe('\n')
    await migrate(url, { folder })
    const stationAfter = await catalogOf(url)
    expect(stationAfter).not.toEqual(stationBefore)

    await generate('initial', { folder: other.folder, schema: after() })
    await migrate(fresh.url, { folder: other.folder })
    expect(stationAfter).toEqual(await catalogOf(fresh.url))

    await rollback(url, { folder })
    expect(await catalogOf(url)).toEqual(stationBefore)
    if (rows) expect(await sql(url, rows.select)).toEqual(kept)
    await migrate(url, { folder })
    expect(await catalogOf(url)).toEqual(stationAfter)
    if (rows) expect(await sql(url, rows.select)).toEqual(kept)
  })
})
