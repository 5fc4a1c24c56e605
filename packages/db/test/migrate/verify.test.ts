import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { driftOf } from '../../src/migrate/check/drift.ts'
import { migrate } from '../../src/migrate/migrate.ts'
import { otherDatabase, withScratchDatabase } from '../../src/migrate/verify/scratch.ts'
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

test('the project’s own migrations lose no row that their downs do not name', async () => {
  await using database = await createTestDatabase({ empty: true })
  const seed = async (url: string) => {
    await sql(
      url,
      `insert into users (username, display_name, role, kind, password_hash)
       values ('ann', 'Ann', 'admin', 'person', 'hash'), ('robot', 'Robot', 'operator', 'service', null)`,
    )
    await sql(url, `insert into categories (name) values ('Tools')`)
  }
  const verified = await verify(database.url, { seed })
  expect(verified.flatMap(({ faults }) => faults)).toEqual([])
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

test.for([
  ['gives a right', 'grant select on products to public', ''],
  ['gives a right on one column', 'grant select (name) on products to public', ''],
  ['takes a right that all have by default', 'revoke all on function one() from public', ''],
  [
    'takes back another right than it gave',
    'grant insert, update on products to public',
    'revoke update on products from public',
  ],
])('a migration that %s, and whose down does not undo that, is found', async ([, up, down]) => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', {
    up: `${products.up}; create function one() returns int language sql return 1`,
    down: 'drop function one(); drop table products',
  })
  await workshop.add('0002_change_rights', { up: up as string, down: down as string })
  const verified = await verify(database.url, workshop)
  expect(verified[0]?.faults).toEqual([])
  expect(verified[1]?.faults.join()).toMatch(/after down this is (left over|missing): right /)
})

test('a down that gives back what was a right by default has undone it', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_function', {
    up: 'create function one() returns int language sql return 1',
    down: 'drop function one()',
  })
  await workshop.add('0002_close_function', {
    up: 'revoke execute on function one() from public',
    down: 'grant execute on function one() to public',
  })
  const verified = await verify(database.url, workshop)
  expect(verified.flatMap(({ faults }) => faults)).toEqual([])
})

test('a right that somebody gave or took by hand is drift', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', {
    ...products,
    up: `${products.up}; grant select on products to public`,
  })
  await migrate(database.url, workshop)
  expect(await driftOf(database.url, workshop)).toEqual({ missing: [], extra: [] })
  await sql(database.url, 'revoke select on products from public')
  await sql(database.url, 'grant create on schema public to public')
  expect(await driftOf(database.url, workshop)).toEqual({
    missing: ['right SELECT on table public.products to public'],
    extra: ['right CREATE on schema public to public'],
  })
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

test.for([
  ['another column', `set name = 'gone'`],
  ['a value that becomes nothing', 'set note = null where id = 2'],
  ['a nothing that becomes a value', `set note = '' where id = 1`],
  ['a whole row', 'set id = 3 where id = 2'],
])('a down that names one column and also loses %s is found', async ([, change]) => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', {
    ...products,
    up: 'create table products (id int primary key, name text, note text)',
  })
  const addSize = (down: string) => ({
    up: 'alter table products add size int not null default 0',
    down: `-- loses data: products.size of products\nalter table products drop size;${down}`,
  })
  await workshop.add('0002_add_size', addSize(`update products ${change}`))
  await workshop.add('0003_nothing')
  const seed = (url: string) =>
    sql(url, `insert into products values (1, 'An', null, 7), (2, 'Anvil', '', 8)`).then(() => {})
  const verified = await verify(database.url, { ...workshop, seed })
  expect(verified.map(({ faults }) => faults.length)).toEqual([0, 1, 0])
  expect(verified[1]?.faults[0]).toContain('public.products')
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

test.for([
  ['a path', (url: string) => url],
  ['no path', (url: string) => url.replace(/\/[^/]*$/, '')],
  ['no path but a query', (url: string) => url.replace(/\/[^/]*$/, '?application_name=proof')],
  ['an empty path', (url: string) => url.replace(/\/[^/]*$/, '/')],
] as const)('the database itself is never touched, its URL having %s', async ([, form]) => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', products)
  await migrate(database.url, workshop)
  await sql(database.url, `insert into products values (1, 'Anvil')`)
  // What a URL without a path means: the database that PGDATABASE names, or the one named as the user.
  vi.stubEnv('PGDATABASE', new URL(database.url).pathname.slice(1))
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const url = form(database.url)
  const [verified] = await verify(url, workshop)
  expect(verified?.faults).toEqual([])
  expect(await sql(database.url, 'select id, name from products')).toEqual([
    { id: 1, name: 'Anvil' },
  ])

  await sql(database.url, 'create table by_hand ()')
  const { extra } = await driftOf(url, workshop)
  expect(extra.join()).toContain('by_hand')
})

test.for([
  ['postgresql://u@host:5432', 'postgresql://u@host:5432/other'],
  ['postgresql://u@host?sslmode=require', 'postgresql://u@host/other?sslmode=require'],
  ['postgresql://u:p%2F@%2Ftmp%2Fpg/own?a=/b', 'postgresql://u:p%2F@%2Ftmp%2Fpg/other?a=/b'],
  ['postgresql://u:p@/own?host=/tmp/pg', 'postgresql://u:p@/other?host=/tmp/pg'],
  ['postgresql://u@', 'postgresql://u@/other'],
])('the URL %s leads to another database of its server', ([url, expected]) => {
  expect(otherDatabase(url as string, 'other')).toBe(expected)
})

test('no work begins on a database that is not the scratch database', async () => {
  await using database = await createTestDatabase({ empty: true })
  const connect = pg.Client.prototype.connect
  const spy = vi.spyOn(pg.Client.prototype, 'connect').mockImplementation(function (
    this: pg.Client,
  ) {
    // As a pooler would that leads every name to one database.
    ;(this as any).connectionParameters.database = new URL(database.url).pathname.slice(1)
    return (connect as any).call(this)
  } as any)
  const work = vi.fn<() => Promise<void>>()
  try {
    await expect(withScratchDatabase(database.url, work)).rejects.toThrow('Nothing was changed')
  } finally {
    spy.mockRestore()
  }
  expect(work).not.toHaveBeenCalled()
})
