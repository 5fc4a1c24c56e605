import { expect, test } from 'vitest'
import { z } from 'zod'
import { createStockbookClient, newCommandId } from '../src/index.ts'
import { emptyPage, startServer } from './testServer.ts'

test('the path of the address is kept, with or without a slash at its end', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  for (const url of [server.url, `${server.url}/`]) {
    await createStockbookClient({ url }).products.list.query({})
  }
  const asked: string[] = []
  const spy: typeof fetch = async (input) => {
    asked.push(String(input))
    return Response.json([{ result: { data: { json: emptyPage } } }])
  }
  await createStockbookClient({ url: 'https://a.test/stock/', fetch: spy }).products.list.query({})
  expect(server.seen.map((request) => request.path)).toEqual([
    '/rpc/products.list',
    '/rpc/products.list',
  ])
  expect(asked[0]).toMatch(/^https:\/\/a\.test\/stock\/rpc\/products\.list\?/)
})

for (const url of ['localhost:8000', '/rpc', '', 'ftp://a.test', 'https://']) {
  test(`'${url}' is refused as an address, at once and by name`, () => {
    expect(() => createStockbookClient({ url })).toThrow(`not '${url}'`)
  })
}

test('limits that make no sense are refused at once', () => {
  const url = 'https://a.test'
  for (const timeoutMs of [0, -1, Number.NaN, Infinity, 2 ** 31]) {
    expect(() => createStockbookClient({ url, timeoutMs })).toThrow(/timeoutMs/)
  }
  for (const maxRetries of [-1, 0.5, Number.NaN, Infinity]) {
    expect(() => createStockbookClient({ url, maxRetries })).toThrow(/maxRetries/)
  }
})

test('a client can be awaited and printed without a call', async () => {
  await using server = await startServer({})
  const client = createStockbookClient({ url: server.url })
  expect(await Promise.resolve(client)).toBe(client)
  expect(String(Object.prototype.toString.call(client))).toBe('[object Object]')
  expect(server.seen).toHaveLength(0)
})

test('a fetch that is set later on the platform is the one that is used', async () => {
  const client = createStockbookClient({ url: 'https://a.test' })
  const original = globalThis.fetch
  globalThis.fetch = async () => Response.json([{ result: { data: { json: emptyPage } } }])
  try {
    await expect(client.products.list.query({})).resolves.toEqual(emptyPage)
  } finally {
    globalThis.fetch = original
  }
})

test('command ids are UUIDs of version 7 that sort by their time', () => {
  const ids = Array.from({ length: 1000 }, newCommandId)
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  const times = ids.map((id) => Number.parseInt(id.replace('-', '').slice(0, 12), 16))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(60_000)
})
