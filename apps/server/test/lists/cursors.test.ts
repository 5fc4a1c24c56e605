import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { lists, type TestedList } from './lists.ts'
import { type Seed, seedLists } from './seed.ts'

let server: TestServer
let seed: Seed
let token: string

beforeAll(async () => {
  server = await startTestServer()
  seed = await seedLists(server)
  token = await signInFor(server.url, 'anton', testPassword)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const ask = (list: TestedList, page: object) =>
  rawCall(server.url, list.path, {
    token,
    input: { ...list.input?.(seed), limit: 7, ...page },
  })

/** Ordered ascending by its first sort, if the list can be sorted. */
const orderOf = ({ sorts: [sort] }: TestedList) => (sort ? { sort, direction: 'ascending' } : {})

async function cursorOf(list: TestedList, order: object = orderOf(list)): Promise<string> {
  const { result } = await ask(list, order)
  const { nextCursor } = result as { nextCursor: string | null }
  if (!nextCursor) throw new Error(`${list.path} has one page only`)
  return nextCursor
}

async function expectRefused(list: TestedList, page: object) {
  const { status, failure } = await ask(list, page)
  expect({ path: list.path, page, status, code: failure?.code }).toEqual({
    path: list.path,
    page,
    status: 400,
    code: 'INVALID_CURSOR',
  })
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const anId = '018f4e3c-0000-7000-8000-000000000001'

describe.each(lists)('$path', (list) => {
  test('goes on from its own cursor', async () => {
    const { status } = await ask(list, { ...orderOf(list), cursor: await cursorOf(list) })
    expect(status).toBe(200)
  })

  test('refuses the cursor of every list of other rows', async () => {
    const stocks = ['stock.levels', 'stock.asOf']
    for (const other of lists) {
      if (other === list || (stocks.includes(list.path) && stocks.includes(other.path))) continue
      await expectRefused(list, { ...orderOf(list), cursor: await cursorOf(other) })
    }
  })

  test('refuses its own cursor in another order', async () => {
    for (const sort of list.sorts) {
      if (sort === null) continue
      const cursor = await cursorOf(list, { sort, direction: 'ascending' })
      await expectRefused(list, { sort, direction: 'descending', cursor })
      const others = list.sorts.filter((other) => other !== sort)
      for (const other of others)
        await expectRefused(list, { sort: other, direction: 'ascending', cursor })
    }
  })

  test('refuses a cursor that was cut', async () => {
    const cursor = await cursorOf(list)
    for (const length of [1, 10, cursor.length >> 1, cursor.length - 4]) {
      await expectRefused(list, { ...orderOf(list), cursor: cursor.slice(0, length) })
    }
  })

  test('refuses what somebody made up, and never fails of it', async () => {
    const made = [
      '',
      ' ',
      'x',
      '%%%',
      'null',
      "' OR 1=1 --",
      encode(null),
      encode([]),
      encode({}),
      encode('x'),
      'A'.repeat(1000),
    ]
    for (const cursor of made) await expectRefused(list, { ...orderOf(list), cursor })
  })

  test('refuses its own cursor with a value of another kind', async () => {
    const [first, ...tail] = (await cursorOf(list)).split('.')
    const own = JSON.parse(Buffer.from(first ?? '', 'base64url').toString()) as unknown[]
    const forged = (index: number, value: unknown) =>
      [encode(own.with(index, value)), ...tail].join('.')
    for (const value of [null, {}, [], true, '\0', 1.5, 1e300]) {
      await expectRefused(list, { ...orderOf(list), cursor: forged(3, value) })
      await expectRefused(list, { ...orderOf(list), cursor: forged(4, value) })
    }
  })
})

test('moments and days that PostgreSQL does not know are refused as cursors', async () => {
  const lots = lists.find(({ path }) => path === 'lots.list')
  if (!lots) throw new Error('lots.list is gone')
  const forge = (sort: string, value: string) => ({
    sort,
    direction: 'ascending',
    cursor: encode(['lots', sort, 'ascending', value, anId]),
  })
  const moments = [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T00:00:00Z',
    'infinity',
    'now',
  ]
  for (const value of moments) await expectRefused(lots, forge('createdAt', value))
  for (const value of ['0000-01-01', '2026-02-30', '-infinity', 'tomorrow']) {
    await expectRefused(lots, forge('expiresOn', value))
  }
  for (const [sort, value] of [
    ['createdAt', '2026-01-01T00:00:00+23:59'],
    ['expiresOn', 'infinity'],
    ['code', '\ud800'],
  ] as const) {
    expect((await ask(lots, forge(sort, value))).status).toBe(200)
  }
})
