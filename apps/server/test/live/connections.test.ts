import { type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createStockbookClient } from '@stockbook/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/http/log.ts'
import { LogLines } from '../../src/testing/logLines.ts'
import { signInFor } from '../../src/testing/rawCall.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { follow } from './follow.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

async function goods() {
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  return { bin, productId }
}

/** A way to the server that a test can break, and lead to another server. */
async function startProxy(target: string) {
  const sockets = new Set<Socket>()
  let port = Number(new URL(target).port)
  const proxy = createServer((down) => {
    const up = connect(port, '127.0.0.1')
    for (const socket of [down, up]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    down.pipe(up).pipe(down)
    down.on('close', () => up.destroy())
    up.on('close', () => down.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    breakAll,
    leadTo(other: string) {
      port = Number(new URL(other).port)
    },
    async [Symbol.asyncDispose]() {
      breakAll()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

const clientAt = (url: string) =>
  createStockbookClient({ url, auth: { username: 'olga', password: testPassword } })

test('a connection that breaks is made anew by itself: nothing is missing, nothing comes twice', async () => {
  const { bin, productId } = await goods()
  await using proxy = await startProxy(server.url)
  const subscriber = follow(clientAt(proxy.url), { productId })
  await subscriber.started()
  for (const quantity of [1, 2, 3, 4]) {
    await receive(server.operator, productId, bin, quantity)
    // Sometimes the movement has come by then, sometimes not.
    if (quantity % 2 === 0) await subscriber.counted(quantity)
    proxy.breakAll()
  }
  await subscriber.counted(4)
  expect(subscriber.quantities()).toEqual([1, 2, 3, 4])
  await subscriber.until(() => subscriber.connections() > 2)
  for (const error of subscriber.disconnections) {
    expect(error).toMatchObject({ code: 'CONNECTION_FAILED', retryable: true })
  }
  subscriber.unsubscribe()
})

test('a server that stops sends its subscribers to another one, and waits for none of them', async () => {
  const { bin, productId } = await goods()
  const second = await startSecondServer(server)
  await using proxy = await startProxy(second.url)
  const subscriber = follow(clientAt(proxy.url), { productId })
  await subscriber.started()
  await receive(server.operator, productId, bin, 1)
  await subscriber.counted(1)
  proxy.leadTo(server.url)
  await second[Symbol.asyncDispose]()
  await receive(server.operator, productId, bin, 2)
  await subscriber.counted(2)
  expect(subscriber.quantities()).toEqual([1, 2])
  expect(subscriber.connections()).toBe(2)
  subscriber.unsubscribe()
})

test('a subscription can begin before the server does', async () => {
  await using proxy = await startProxy('http://127.0.0.1:1')
  const client = createStockbookClient({
    url: proxy.url,
    auth: {
      apiKey: (await server.admin.apiKeys.create.mutate({ name: 'k', role: 'operator' })).key,
    },
  })
  const subscriber = follow(client)
  proxy.leadTo(server.url)
  await subscriber.started()
  expect(subscriber.connections()).toBe(1)
  subscriber.unsubscribe()
})

/** How often the book was read for a subscriber. */
const readsIn = ({ texts }: LogLines) =>
  texts.filter((text) => text.includes(String.raw`\"stock_movements\".\"id\" >`)).length

/** Resolves once a number has grown and then has not for a while. */
async function untilQuiet(count: () => number): Promise<void> {
  for (let before = 0; count() === 0 || count() > before; ) {
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Subscribes over a bare connection that takes nothing until somebody reads the answer. */
async function openSlowly(url: string, username: string, input: object): Promise<IncomingMessage> {
  const token = await signInFor(url, username, testPassword)
  const query = encodeURIComponent(JSON.stringify({ json: input }))
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` }
    request(`${url}/rpc/stock.changes?input=${query}`, { headers }, resolve).end()
  })
}

test('a reader that takes nothing makes the server read nothing ahead, and still gets all', async () => {
  const { bin, productId } = await goods()
  const lines = new LogLines()
  await using second = await startSecondServer(server, { log: createLog('info', lines) })
  const reads = () => readsIn(lines)
  const { position } = (await server.operator.stock.changes.iterate({}).next()).value!
  const perCommand = 1_000
  const commands = 8
  for (let command = 0; command < commands; command++) {
    await server.operator.movements.post.mutate({
      note: 'a long story '.repeat(150),
      lines: Array.from({ length: perCommand }, (_, line) => ({
        type: 'incoming' as const,
        productId,
        toLocationId: bin,
        quantity: command * perCommand + line + 1,
      })),
    })
  }
  const total = perCommand * commands
  const slow = await openSlowly(second.url, 'olga', { after: position, productId })
  const quick = follow(second.operator, { after: position, productId })
  await quick.counted(total)
  // The slow one fills what lies between, some megabytes, and waits.
  const readsOfQuick = total / 200
  expect(reads()).toBeGreaterThanOrEqual(readsOfQuick)
  expect(reads()).toBeLessThan(readsOfQuick + 30)
  quick.unsubscribe()

  const seen: number[] = []
  let rest = ''
  for await (const chunk of slow) {
    const blocks = (rest + String(chunk)).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      for (const [, quantity] of block.matchAll(/"quantity":(\d+)/g)) seen.push(Number(quantity))
    }
    if (seen.length >= total) break
  }
  expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1))
})

test('a reader that takes nothing is cut off all the same when it may not listen any more', async () => {
  const lines = new LogLines()
  await using second = await startSecondServer(server, { log: createLog('info', lines) })
  await server.signInAs('sven', 'operator')
  const slow = await openSlowly(second.url, 'sven', { after: 0 })
  await untilQuiet(() => readsIn(lines))
  const { items } = await server.admin.users.list.query({ search: 'sven' })
  await server.admin.users.disable.mutate({ id: items[0]!.id })
  const hasEnded = () =>
    lines.texts.some((text) => text.includes('/rpc/stock.changes') && text.includes('statusCode'))
  while (!hasEnded()) await new Promise((resolve) => setTimeout(resolve, 20))
  const { quantity } = (
    await server.operator.movements.list.query({ limit: 1, direction: 'descending' })
  ).items[0]!
  let text = ''
  const readAll = async () => {
    for await (const chunk of slow) text += String(chunk)
  }
  await expect(readAll()).rejects.toThrow('aborted')
  expect(text).toContain('"quantity":1')
  expect(text).not.toContain(`"quantity":${quantity}`)
})
