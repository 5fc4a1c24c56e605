import { createDb, type Db, partners, products } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listValues } from '../../src/lists/values.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

type Asked = { contains?: string; limit?: number }
const unitsOf = (asked: Asked = {}) =>
  server.operator.products.values.query({ field: 'baseUnit', ...asked })

test('an empty table has no values', async () => {
  expect(await unitsOf()).toEqual({ values: [], isComplete: true })
  expect(await server.operator.partners.values.query({ field: 'country' })).toEqual({
    values: [],
    isComplete: true,
  })
})

test('each value is told once, in order, by part of it, and no more than asked for', async () => {
  const { admin } = server
  const archived = await makeProduct(admin, { baseUnit: 'litre' })
  await admin.products.archive.mutate({ id: archived.id })
  for (const baseUnit of ['piece', 'gram', 'piece', 'gram', '100% roll', 'kilogram']) {
    await makeProduct(admin, { baseUnit })
  }
  const all = ['100% roll', 'gram', 'kilogram', 'litre', 'piece']
  expect(await unitsOf()).toEqual({ values: all, isComplete: true })
  expect(await unitsOf({ contains: 'GRAM' })).toEqual({
    values: ['gram', 'kilogram'],
    isComplete: true,
  })
  // No sign stands for others.
  expect((await unitsOf({ contains: '%' })).values).toEqual(['100% roll'])
  expect((await unitsOf({ contains: '_' })).values).toEqual([])
  expect(await unitsOf({ limit: 2 })).toEqual({ values: all.slice(0, 2), isComplete: false })
  expect(await unitsOf({ limit: 5 })).toEqual({ values: all, isComplete: true })
})

test('a list is narrowed to several values in their very spelling', async () => {
  const { items } = await server.operator.products.list.query({
    where: { baseUnit: { oneOf: ['gram', 'Piece', 'kilogram', 'no such unit'] } },
  })
  expect(items.map(({ baseUnit }) => baseUnit).sort()).toEqual(['gram', 'gram', 'kilogram'])
})

test('rows without a value add none', async () => {
  const { operator } = server
  const make = (code: string, country: string | null) =>
    operator.partners.create.mutate({ kind: 'supplier', code, name: code, country })
  await make('NONE', null)
  await make('UJI', 'Japan')
  await make('KERICHO', 'Kenya')
  const { values } = await operator.partners.values.query({ field: 'country' })
  expect(values).toEqual(['Japan', 'Kenya'])
})

test('no other field is told, nor anything to who has not signed in', async () => {
  const ask = (field: string) => server.admin.products.values.query({ field } as never)
  for (const field of ['unitCost', 'sku', 'toString', 'base_unit']) {
    await expect(ask(field)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
  const answer = await fetch(`${server.url}/rpc/products.values`)
  expect(answer.status).toBe(401)
})

test('of more values than anybody chooses from, the first thousand are looked at', async () => {
  await server.db.insert(partners).values(
    Array.from({ length: 1_200 }, (_, at) => ({
      kind: 'customer' as const,
      code: `C${at}`,
      name: `C${at}`,
      country: `Land ${String(at).padStart(4, '0')}`,
    })),
  )
  const ask = (contains?: string) =>
    server.operator.partners.values.query({
      field: 'country',
      limit: 200,
      ...(contains && { contains }),
    })
  expect(await ask('0990')).toEqual({ values: ['Land 0990'], isComplete: false })
  expect(await ask('1199')).toEqual({ values: [], isComplete: false })
  expect((await ask()).values).toHaveLength(200)
})

test('the values of many rows are found without reading the rows', async () => {
  await server.db.execute(sql`insert into ${products} (sku, name, base_unit)
    select 'MANY-' || n, 'many ' || n, 'unit ' || n % 7 from generate_series(1, 20000) as n`)
  await server.db.execute(sql`vacuum analyze ${products}`)
  // One session, which tells what it has read when it is asked to.
  const db = createDb({ url: server.databaseUrl, maxConnections: 1 })
  try {
    const readBy = async (work: () => Promise<unknown>) => {
      const before = await rowsRead(db)
      await work()
      return (await rowsRead(db)) - before
    }
    const count = () => db.execute(sql`select count(description) from ${products}`)
    expect(await readBy(count)).toBeGreaterThanOrEqual(20_000)
    const list = () => listValues(db, products.baseUnit, { contains: 'unit ', limit: 50 })
    expect((await list()).values).toHaveLength(7)
    expect(await readBy(list)).toBeLessThan(100)
  } finally {
    await db.$client.end()
  }
})

async function rowsRead(db: Db): Promise<number> {
  await db.execute(sql`select pg_stat_force_next_flush()`)
  const { rows } = await db.execute<{ read: string }>(sql`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_user_tables where relname = 'products'`)
  return Number(rows[0]!.read)
}
