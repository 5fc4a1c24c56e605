import { expect, test } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { emptyPage, Refusal, startServer } from './testServer.ts'

const range = (length: number) => Array.from({ length }, (_, index) => index)

test('reads of one tick share a GET, ten at most', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url })
  await Promise.all(range(25).map((limit) => client.products.list.query({ limit: limit + 1 })))
  expect(server.seen.map(({ method, path }) => [method, path.split(',').length])).toEqual([
    ['GET', 10],
    ['GET', 10],
    ['GET', 5],
  ])
})

test('each read of a batch gets its own answer, and its own refusal', async () => {
  await using server = await startServer({
    'products.list': ({ limit }: { limit: number }) => {
      if (limit === 2) throw new Refusal('INVALID_CURSOR')
      return { ...emptyPage, nextCursor: `after ${limit}` }
    },
  })
  const client = createStockbookClient({ url: server.url })
  const results = await Promise.allSettled(
    [1, 2, 3].map((limit) => client.products.list.query({ limit })),
  )
  expect(results).toMatchObject([
    { status: 'fulfilled', value: { nextCursor: 'after 1' } },
    { status: 'rejected', reason: { code: 'INVALID_CURSOR' } },
    { status: 'fulfilled', value: { nextCursor: 'after 3' } },
  ])
  expect(server.seen).toHaveLength(1)
})

test('every write is a POST of its own', async () => {
  await using server = await startServer({
    'partners.create': () => ({}),
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url })
  await Promise.all([
    client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' }),
    client.partners.create.mutate({ kind: 'supplier', code: 'B', name: 'B' }),
    client.products.list.query({}),
    client.products.list.query({}),
  ])
  const sent = server.seen.map(({ method, path }) => `${method} ${path}`)
  expect(sent.toSorted()).toEqual([
    'GET /rpc/products.list,products.list',
    'POST /rpc/partners.create',
    'POST /rpc/partners.create',
  ])
})

test('reads whose common address would be too long are spread over more requests', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url })
  const cursor = 'ж'.repeat(300)
  await Promise.all(range(10).map(() => client.products.list.query({ cursor })))
  expect(server.seen.length).toBeGreaterThan(1)
  for (const { url } of server.seen) expect(url.length).toBeLessThanOrEqual(8000)
})

test('a single read that is too long is refused with its length, and not sent', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url })
  const call = client.products.list.query({ cursor: 'x'.repeat(9000) })
  await expect(call).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    retryable: false,
    detail: { maxLength: 8000 },
  })
  expect(server.seen).toHaveLength(0)
})

test('dates arrive as dates, in both directions', async () => {
  const occurredFrom = new Date('2026-01-02T03:04:05.678Z')
  await using server = await startServer({
    'movements.list': (input: { occurredFrom: Date }) => ({
      items: [{ occurredAt: new Date(input.occurredFrom.getTime() + 1) }],
      nextCursor: null,
    }),
  })
  const client = createStockbookClient({ url: server.url })
  const page = await client.movements.list.query({ occurredFrom })
  expect(page.items[0]?.occurredAt).toEqual(new Date('2026-01-02T03:04:05.679Z'))
})
