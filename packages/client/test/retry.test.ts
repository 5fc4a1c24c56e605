import { expect, test } from 'vitest'
import { retryDelayMs } from '../src/retry.ts'
import { createStockbookClient, StockbookError } from '../src/index.ts'
import {
  answering,
  cutAfterWork,
  cutInMidAnswer,
  emptyPage,
  type Fault,
  Refusal,
  silence,
  startServer,
} from './testServer.ts'

const line = {
  type: 'incoming' as const,
  productId: '018f4e3c-0000-7000-8000-000000000001',
  toLocationId: '018f4e3c-0000-7000-8000-000000000002',
  quantity: 1,
}

const faults: [string, Fault][] = [
  ['the connection is cut after the work', cutAfterWork],
  ['the answer is cut in its middle', cutInMidAnswer],
  ['nothing answers in time', silence],
  ['a proxy answers 502', answering(502, '<h1>Bad Gateway</h1>')],
  ['a proxy answers 503 with Retry-After', answering(503, '', { 'retry-after': '0' })],
  ['a proxy answers 504', answering(504, '')],
  ['a proxy answers 408', answering(408, '')],
  ['a limiter answers 429', answering(429, 'slow down')],
]

for (const [what, fault] of faults) {
  const timeoutMs = fault === silence ? 1_000 : 30_000

  test(`a read is repeated when ${what}`, async () => {
    await using server = await startServer({ 'products.list': () => emptyPage })
    server.faults.push(fault)
    const client = createStockbookClient({ url: server.url, timeoutMs })
    await expect(client.products.list.query({})).resolves.toEqual(emptyPage)
    expect(server.seen).toHaveLength(2)
  })

  test(`a command keeps its id when ${what}`, async () => {
    const ids: string[] = []
    await using server = await startServer({
      'movements.post': ({ commandId }: { commandId: string }) => {
        ids.push(commandId)
        return { commandId }
      },
    })
    server.faults.push(fault)
    const client = createStockbookClient({ url: server.url, timeoutMs })
    const posted = await client.movements.post.mutate({ lines: [line] })
    expect(server.seen).toHaveLength(2)
    expect(new Set(ids)).toEqual(new Set([posted.commandId]))
    for (const { body } of server.seen) {
      expect(JSON.parse(body).json.commandId).toBe(posted.commandId)
    }
  })

  test(`a write without a command id is sent exactly once when ${what}`, async () => {
    await using server = await startServer({ 'partners.create': () => ({}) })
    server.faults.push(fault)
    const client = createStockbookClient({ url: server.url, timeoutMs })
    const call = client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' })
    await expect(call).rejects.toMatchObject({ retryable: true })
    expect(server.seen).toHaveLength(1)
  })
}

test('the caller’s own command id is kept', async () => {
  const commandId = '018f4e3c-0000-7000-8000-00000000000f'
  await using server = await startServer({ 'movements.post': (input: unknown) => input })
  const client = createStockbookClient({ url: server.url })
  const posted = await client.movements.post.mutate({ commandId, lines: [line] })
  expect(posted.commandId).toBe(commandId)
})

test('two commands get two ids, and the caller’s input is not changed', async () => {
  await using server = await startServer({ 'movements.post': (input: unknown) => input })
  const client = createStockbookClient({ url: server.url })
  const input = { lines: [line] }
  const first = await client.movements.post.mutate(input)
  const second = await client.movements.post.mutate(input)
  expect(first.commandId).not.toBe(second.commandId)
  expect(input).toEqual({ lines: [line] })
})

for (const code of ['INSUFFICIENT_STOCK', 'INVALID_CURSOR', 'INTERNAL', 'NOT_FOUND'] as const) {
  test(`${code} is the server's own word and is not asked for again`, async () => {
    await using server = await startServer({
      'movements.post': () => {
        throw new Refusal(code)
      },
      'products.list': () => {
        throw new Refusal(code)
      },
    })
    const client = createStockbookClient({ url: server.url })
    const expected = { code, retryable: false }
    await expect(client.products.list.query({})).rejects.toMatchObject(expected)
    await expect(client.movements.post.mutate({ lines: [line] })).rejects.toMatchObject(expected)
    expect(server.seen).toHaveLength(2)
  })
}

test('UNAVAILABLE is tried again, maxRetries times and no more', async () => {
  await using server = await startServer({
    'products.list': () => {
      throw new Refusal('UNAVAILABLE')
    },
  })
  const client = createStockbookClient({ url: server.url, maxRetries: 1 })
  const call = client.products.list.query({})
  await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
  expect(server.seen).toHaveLength(2)
})

test('maxRetries 0 turns repetition off', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  server.faults.push(cutAfterWork)
  const client = createStockbookClient({ url: server.url, maxRetries: 0 })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
  expect(server.seen).toHaveLength(1)
})

test('giving a call up while it waits for its next try ends it', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  server.faults.push(answering(503, '', { 'retry-after': '50' }))
  const client = createStockbookClient({ url: server.url })
  const controller = new AbortController()
  const call = client.products.list.query({}, { signal: controller.signal })
  await expect.poll(() => server.seen.length).toBe(1)
  controller.abort(new Error('page left'))
  await expect(call).rejects.toMatchObject({ code: 'ABORTED', cause: new Error('page left') })
  expect(server.seen).toHaveLength(1)
})

test('a call that was given up before it began sends nothing', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url })
  const call = client.products.list.query({}, { signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({ code: 'ABORTED' })
  expect(server.seen).toHaveLength(0)
})

test('a read that is given up leaves the others of its batch alone', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url })
  const controller = new AbortController()
  server.faults.push(({ work }) => {
    controller.abort()
    work()
  })
  const given = client.products.list.query({}, { signal: controller.signal })
  const kept = client.products.list.query({})
  await expect(given).rejects.toMatchObject({ code: 'ABORTED' })
  await expect(kept).resolves.toEqual(emptyPage)
  expect(server.seen).toHaveLength(1)
})

test('the wait doubles from 200 ms, with up to as much again at random', () => {
  const error = new StockbookError('CONNECTION_FAILED', { message: '', retryable: true })
  expect([1, 2, 3].map((failures) => retryDelayMs(error, failures, 0))).toEqual([200, 400, 800])
  expect(retryDelayMs(error, 1, 0.5)).toBe(300)
})

test('the wait is never shorter than the server asks for, and more than a minute is not waited', () => {
  const asking = (retryAfterMs: number) =>
    new StockbookError('UNAVAILABLE', { message: '', retryable: true, retryAfterMs })
  expect(retryDelayMs(asking(5_000), 1, 0)).toBe(5_000)
  expect(retryDelayMs(asking(60_000), 1, 0.5)).toBeGreaterThanOrEqual(60_000)
  expect(retryDelayMs(asking(60_001), 1, 0)).toBeNull()
})
