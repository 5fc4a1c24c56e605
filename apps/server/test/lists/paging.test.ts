import { contract, type ProcedureContract } from '@stockbook/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { keyOfItem, lists, type TestedList, valueOfItem } from './lists.ts'
import { addRows, receiveAll, type Seed, seedLists } from './seed.ts'

type Page = { items: Record<string, unknown>[]; nextCursor: string | null }
type Order = { sort: string | null; direction: 'ascending' | 'descending' | null }

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

async function ask(list: TestedList, { sort, direction }: Order, page: object): Promise<Page> {
  const input = {
    ...list.input?.(seed),
    ...(sort === null ? {} : { sort }),
    ...(direction === null ? {} : { direction }),
    ...page,
  }
  const { result, text } = await rawCall(server.url, list.path, { token, input })
  if (!result) throw new Error(`${list.path} ${JSON.stringify(input)}: ${text}`)
  return result as Page
}

/** All items, page by page. */
async function readAll(list: TestedList, order: Order, limit: number, between = async () => {}) {
  const items: Page['items'] = []
  let cursor: string | null = null
  do {
    const page: Page = await ask(list, order, { limit, ...(cursor === null ? {} : { cursor }) })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    cursor = page.nextCursor
    await between()
  } while (cursor !== null)
  return items
}

const orders = lists.flatMap((list) =>
  list.sorts.flatMap((sort): (Order & { list: TestedList; path: string })[] =>
    sort === null
      ? [{ list, path: list.path, sort, direction: null }]
      : (['ascending', 'descending'] as const).map((direction) => ({
          list,
          path: list.path,
          sort,
          direction,
        })),
  ),
)

const comparable = (value: unknown) => (value instanceof Date ? value.getTime() : value)

test('the lists tested here are all that come in pages, in all their orders', () => {
  const paged = Object.entries(contract).flatMap(([feature, procedures]) =>
    Object.entries(procedures as Record<string, ProcedureContract>)
      .filter(
        ([, { output }]) =>
          output instanceof z.ZodObject &&
          'nextCursor' in output.shape &&
          // Always the whole list: there is nothing to page through.
          !(output.shape.nextCursor instanceof z.ZodNull),
      )
      .map(([name, { input }]) => {
        const { sort } = (input as z.ZodObject<Record<string, z.ZodDefault<z.ZodEnum>>>).shape
        return [`${feature}.${name}`, sort ? [...sort.unwrap().options].sort() : [null]]
      }),
  )
  const tested = lists.map(({ path, sorts }) => [path, [...sorts].sort()])
  expect(Object.fromEntries(tested)).toEqual(Object.fromEntries(paged))
})

describe('pages of seven give each row once, in order, with none left out', () => {
  test.each(orders)('$path by $sort, $direction', async ({ list, ...order }) => {
    const whole = await ask(list, order, { limit: 200 })
    expect(whole.nextCursor).toBeNull()
    expect(whole.items.length).toBeGreaterThan(40)

    const paged = await readAll(list, order, 7)
    const keys = paged.map((item) => keyOfItem(list, item))
    expect(keys).toEqual(whole.items.map((item) => keyOfItem(list, item)))
    expect(new Set(keys).size).toBe(keys.length)

    const values = paged.map((item) => comparable(valueOfItem(list, item, order.sort)) as string)
    const rising = order.direction === 'ascending'
    const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(values).toEqual(rising ? sorted : sorted.toReversed())
  })

  test('also when a page ends exactly at the last row', async () => {
    const list = lists.find(({ path }) => path === 'partners.list')
    if (!list) throw new Error('partners.list is gone')
    const order: Order = { sort: 'name', direction: 'ascending' }
    const count = (await ask(list, order, { limit: 200 })).items.length
    expect((await ask(list, order, { limit: count })).nextCursor).toBeNull()
    expect((await ask(list, order, { limit: count - 1 })).nextCursor).not.toBeNull()
    expect(await readAll(list, order, 1)).toHaveLength(count)
  })

  test('values are shared by rows, so that the order had to be made total', async () => {
    for (const { list, sort, ...rest } of orders) {
      if (['username', 'code', 'sku', 'id'].includes(sort ?? '')) continue
      const { items } = await ask(list, { sort, ...rest }, { limit: 200 })
      const values = items.map((item) => comparable(valueOfItem(list, item, sort)))
      expect(new Set(values).size).toBeLessThan(values.length)
    }
  })
})

test('rows that come while one reads shift none of those that were there', async () => {
  let from = 1000
  for (const { list, ...order } of orders) {
    const before = (await ask(list, order, { limit: 200 })).items
    let inserted = 0
    const seen = await readAll(list, order, 25, async () => {
      // Twice is enough, or the book would outgrow a page of two hundred.
      if (inserted === 1) return
      inserted += 1
      const { productIds, binIds } = await addRows(server.db, { ...seed, from, count: 1 })
      await receiveAll(server, productIds, binIds)
      from += 1
    })
    const keys = seen.map((item) => keyOfItem(list, item))
    expect(new Set(keys).size).toBe(keys.length)
    const missed = before.filter((item) => !keys.includes(keyOfItem(list, item)))
    expect({ ...order, path: list.path, missed }).toMatchObject({ missed: [] })
  }
})
