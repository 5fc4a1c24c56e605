import { cp, readdir } from 'node:fs/promises'
import { sql as drizzleSql } from 'drizzle-orm'
import * as t from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { headsOf, readMigrations } from '../../src/migrate/folder/folder.ts'
import { entitiesOf } from '../../src/migrate/generate/drizzleKit.ts'
import { generate } from '../../src/migrate/generate/generate.ts'
import { merge } from '../../src/migrate/generate/merge.ts'
import { mergeSchemas } from '../../src/migrate/generate/threeWay.ts'
import { history } from '../../src/migrate/history.ts'
import { migrate, migrationStatus, rollback } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop } from './workshop.ts'

const products = (columns = {}) =>
  t.pgTable('products', { id: t.integer().primaryKey(), name: t.text().notNull(), ...columns })
const suppliers = t.pgTable('suppliers', { id: t.integer().primaryKey() })
const price = { price: t.numeric() }

type Schema = Record<string, unknown>
const isNot = (column: t.PgColumn) => drizzleSql`${column} is not null`
const toProducts = () => t.integer().references(() => products().id)
const toOrders = () => t.integer().references(() => plainOrders.id)
const plainOrders = t.pgTable('orders', { id: t.integer().primaryKey() })
const codes = t.pgTable('orders', { code: t.text().unique('one_code') })

/** Two branches from `0001_initial`: `ours` adds a price, `theirs` what the caller says. */
async function branched(theirSchema: Record<string, unknown>) {
  const ours = await createWorkshop()
  const theirs = await createWorkshop()
  await generate('initial', { ...ours, schema: { products: products() } })
  await cp(ours.folder, theirs.folder, { recursive: true })
  await generate('add product price', { ...ours, schema: { products: products(price) } })
  await generate('their own change', { ...theirs, schema: theirSchema })
  return {
    ours,
    theirs,
    /** What `git merge` does: the folders of both. */
    join: () => cp(theirs.folder, ours.folder, { recursive: true }),
    [Symbol.asyncDispose]: async () => {
      await ours[Symbol.asyncDispose]()
      await theirs[Symbol.asyncDispose]()
    },
  }
}

test('two branches are seen, merged, and applied on databases that had either, with one result', async () => {
  await using branches = await branched({ products: products(), suppliers })
  await using hadOurs = await createTestDatabase({ empty: true })
  await using hadTheirs = await createTestDatabase({ empty: true })
  await using hadNothing = await createTestDatabase({ empty: true })
  const { folder } = branches.ours
  await migrate(hadOurs.url, branches.ours)
  await migrate(hadTheirs.url, branches.theirs)

  await branches.join()
  const heads = headsOf(await readMigrations(folder)).map(({ name }) => name)
  expect(heads).toEqual(['0002_add_product_price', '0002_their_own_change'])
  await expect(migrate(hadOurs.url, { folder })).rejects.toMatchObject({ code: 'two_heads' })
  const { migrations } = await history(hadOurs.url, { folder })
  expect(migrations.filter(({ children }) => children.length > 1).map(({ name }) => name)).toEqual([
    '0001_initial',
  ])
  await expect(
    generate('add more columns', { folder, schema: { products: products() } }),
  ).rejects.toMatchObject({ code: 'two_heads' })

  const schema = { products: products(price), suppliers }
  const draft = await merge('join prices and suppliers', { folder, schema })
  expect(draft.name).toBe('0003_join_prices_and_suppliers')
  const databases = [hadOurs, hadTheirs, hadNothing]
  for (const { url } of databases) {
    await migrate(url, { folder })
    expect((await migrationStatus(url, { folder })).state).toBe('current')
  }
  const [first, ...others] = await Promise.all(databases.map(({ url }) => catalogOf(url)))
  for (const other of others) expect(other).toEqual(first)
  expect(first).toContain('column public.products.price numeric')

  await rollback(hadTheirs.url, { folder, to: '0002_their_own_change' })
  expect((await migrationStatus(hadTheirs.url, { folder })).applied).toEqual([
    '0001_initial',
    '0002_their_own_change',
  ])
  await migrate(hadTheirs.url, { folder })
  expect(await catalogOf(hadTheirs.url)).toEqual(first)
})

test('what the merged models say beyond both branches goes into the merge, up and down', async () => {
  await using branches = await branched({ products: products(), suppliers })
  await using database = await createTestDatabase({ empty: true })
  await branches.join()
  const { folder } = branches.ours
  const places = t.pgTable('places', { id: t.integer().primaryKey() })
  await merge('join with places', {
    folder,
    schema: { products: products(price), suppliers, places },
  })
  await migrate(database.url, { folder })
  expect(await catalogOf(database.url)).toContain('table public.places')
  await rollback(database.url, { folder })
  expect(await catalogOf(database.url)).not.toContain('table public.places')
  expect(await catalogOf(database.url)).toContain('table public.suppliers')
})

test.for([
  ['the same column', { products: products({ price: t.integer() }) }, 'products.price'],
  ['a dropped table', {}, 'products'],
] as const)(
  'branches that both touch %s are refused, and nothing is written',
  async ([, theirs, thing]) => {
    await using branches = await branched(theirs)
    await branches.join()
    const { folder } = branches.ours
    const before = await readdir(folder)
    const failure = await merge('join them both', {
      folder,
      schema: { products: products(price) },
    }).catch((error) => error)
    expect(failure.code).toBe('two_heads')
    expect(failure.message).toContain(thing)
    expect(await readdir(folder)).toEqual(before)
  },
)

const id = t.integer().primaryKey()
const state = t.pgEnum('state', ['new', 'old'])
const orders = (columns = {}, extra?: (table: any) => any[]) =>
  t.pgTable('orders', { id: t.integer().primaryKey(), code: t.text(), ...columns }, extra)
const withCode = { products: products(), orders: orders(), state }
const withoutCode = { products: products(), orders: t.pgTable('orders', { id }), state }
const renamed = { ...withoutCode, orders: t.pgTable('orders', { id, label: t.text() }) }

test.for([
  [
    'an index on a dropped column',
    withCode,
    withoutCode,
    { ...withCode, orders: orders({}, ({ code }) => [t.index('by_code').on(code)]) },
    ['by_code', 'orders.code'],
  ],
  [
    'an index on a renamed column',
    withCode,
    renamed,
    { ...withCode, orders: orders({}, ({ code }) => [t.index('by_code').on(code)]) },
    ['by_code', 'orders.code'],
  ],
  [
    'a unique key over a dropped column',
    withCode,
    withoutCode,
    { ...withCode, orders: orders({}, ({ code }) => [t.unique('one_code').on(code)]) },
    ['one_code', 'orders.code'],
  ],
  [
    'a check that reads a dropped column',
    withCode,
    withoutCode,
    { ...withCode, orders: orders({}, ({ code }) => [t.check('has_code', isNot(code))]) },
    ['has_code', 'orders.code'],
  ],
  [
    'a foreign key to a dropped table',
    withCode,
    { orders: orders(), state },
    { ...withCode, orders: orders({ productId: toProducts() }) },
    ['orders_productId', 'tables products'],
  ],
  [
    'a foreign key to a column whose key is dropped',
    { ...withCode, orders: orders({}, ({ code }) => [t.unique('one_code').on(code)]) },
    withCode,
    {
      orders: orders({}, ({ code }) => [t.unique('one_code').on(code)]),
      products: products({ orderCode: t.text().references((): any => codes.code) }),
      state,
    },
    ['products_orderCode', 'key orders (code)'],
  ],
  [
    'a column of a dropped enum',
    withCode,
    { products: products(), orders: orders() },
    { ...withCode, orders: orders({ state: state() }) },
    ['orders.state', 'enums state'],
  ],
  [
    'a default that is a dropped value of an enum',
    withCode,
    { ...withCode, state: t.pgEnum('state', ['new']) },
    { ...withCode, orders: orders({ state: state().default('old') }) },
    ['orders.state', "value 'old' of enums state"],
  ],
] as [string, Schema, Schema, Schema, string[]][])(
  'what one branch took away and the other built on is a conflict, either way round: %s',
  async ([, before, taken, built, names]) => {
    const [base, ours, theirs] = await Promise.all([before, taken, built].map(entitiesOf))
    for (const { conflicts } of [
      mergeSchemas(base ?? [], ours ?? [], theirs ?? []),
      mergeSchemas(base ?? [], theirs ?? [], ours ?? []),
    ]) {
      const text = conflicts.map(({ thing, reason }) => `${thing}: ${reason}`).join('\n')
      for (const name of names) expect(text).toContain(name)
    }
  },
)

test('branches that build on what the other left alone have no conflict, also where names only look alike', async () => {
  const checked = orders({}, ({ id }) => [t.check('known', drizzleSql`${id} <> 1 or 'code' = ''`)])
  const [base, ours, theirs] = await Promise.all(
    [
      { ...withCode, orders: orders() },
      { ...withoutCode, suppliers },
      { ...withCode, orders: checked, products: products({ orderId: toOrders() }) },
    ].map(entitiesOf),
  )
  expect(mergeSchemas(base ?? [], ours ?? [], theirs ?? []).conflicts).toEqual([])
})

test('a history with one head has nothing to merge', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: { products: products() } })
  await expect(
    merge('join nothing here', { ...workshop, schema: { products: products() } }),
  ).rejects.toMatchObject({ code: 'nothing_to_do' })
})
