import { expect, test } from 'vitest'
import { verify } from '../../src/migrate/verify/verify.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { createWorkshop, sql } from './workshop.ts'

const products = {
  up: 'create table products (id int primary key, name text)',
  down: '-- loses data: every row of products\ndrop table products',
}

test('the project’s own migrations go up, down and up again', async () => {
  await using database = await createTestDatabase({ empty: true })
  const verified = await verify(database.url)
  expect(verified.length).toBeGreaterThan(0)
  expect(verified.filter(({ faults }) => faults.length > 0)).toEqual([])
})

test.for([
  ['leaves something behind', 'select 1', /after down this is left over: (index|table)/],
  [
    'takes too much',
    'drop index names; drop table products',
    /after down this is missing: table public.products/,
  ],
  ['fails', 'drop index nonsense', /nonsense/],
])('a down that %s is found', async ([, down, fault]) => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', products)
  await workshop.add('0002_add_index', {
    up: 'create index names on products (name)',
    down: down as string,
  })
  await workshop.add('0003_add_size', {
    up: 'alter table products add size int',
    down: 'alter table products drop size',
  })
  const verified = await verify(database.url, workshop)
  // The fault is told of the migration that has it, and of no other.
  expect(verified.map(({ faults }) => faults.length > 0)).toEqual([false, true, false])
  const faults = verified[1]?.faults.join()
  expect(faults).toMatch(fault as RegExp)
})

test('an irreversible migration is told, and the ones after it are proven all the same', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', {
    up: `-- irreversible: the start\n${products.up}`,
    down: null,
  })
  await workshop.add('0002_add_index', {
    up: 'create index names on products (name)',
    down: 'drop index names',
  })
  expect(await verify(database.url, workshop)).toEqual([
    { name: '0001_add_products', way: 'irreversible', faults: [] },
    { name: '0002_add_index', way: 'reversible', faults: [] },
  ])
})

test('rows that a down loses without saying so are found, those it names are not', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', products)
  await workshop.add('0002_add_size', {
    up: 'alter table products add size int not null default 0',
    down: '-- loses data: products.size of every row\nalter table products drop size',
  })
  await workshop.add('0003_add_color', {
    up: 'alter table products add color text',
    down: 'alter table products drop color',
  })
  const seed = (url: string) =>
    sql(url, `insert into products values (1, 'Anvil', 7, 'red')`).then(() => {})
  const verified = await verify(database.url, { ...workshop, seed })
  expect(verified.map(({ faults }) => faults.length)).toEqual([0, 0, 1])
  expect(verified[2]?.faults[0]).toContain('public.products')
})

test('a data step whose down forgets rows is found by its rows', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', products)
  await workshop.add('0002_shorten_names', {
    data: `export const up = ({ query }: any) => query('update products set name = left(name, 2)')
export const down = async () => {}`,
  })
  const seed = (url: string) =>
    sql(url, `insert into products values (1, 'An'), (2, 'Anvil')`).then(() => {})
  const verified = await verify(database.url, { ...workshop, seed })
  expect(verified[1]?.faults.join()).toContain('public.products')
})

test('the scratch database is gone afterwards, also after a failure', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', products)
  await verify(database.url, workshop)
  await workshop.add('0002_add_faults', { up: 'select nonsense' })
  await expect(verify(database.url, workshop)).rejects.toThrow('nonsense')
  expect(
    await sql(database.url, `select datname from pg_database where datname ~ '^scratch_'`),
  ).toEqual([])
})
