import { setTimeout as sleep } from 'node:timers/promises'
import { createStockbookClient, type SessionStore, type StoredSession } from '@stockbook/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { follow } from './follow.ts'
import { openWriter } from './rawBook.ts'

let server: TestServer
let second: SecondServer

beforeAll(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
})

afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function goods() {
  const [bin, otherBin] = await makeBins(server.admin, 2)
  const { id: productId } = await makeProduct(server.admin)
  return { bin, otherBin, productId }
}

test('what one server posts, the subscribers of all servers hear, in the order of the book', async () => {
  const { bin, otherBin, productId } = await goods()
  const here = follow(server.operator)
  const there = follow(second.operator)
  await Promise.all([here.started(), there.started()])

  await receive(server.operator, productId, bin, 10)
  await server.operator.movements.post.mutate({
    lines: [
      { type: 'transfer', productId, fromLocationId: bin, toLocationId: otherBin, quantity: 4 },
      { type: 'outgoing', productId, fromLocationId: otherBin, quantity: 1 },
    ],
  })
  for (const subscriber of [here, there]) {
    await subscriber.counted(3)
    expect(subscriber.quantities()).toEqual([10, 4, 1])
    const ids = subscriber.changes().map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(subscriber.position()).toBe(ids.at(-1))
    const last = new Map(
      subscriber.events.flatMap(({ levels }) => levels).map((level) => [level.locationId, level]),
    )
    expect([last.get(bin)?.onHand, last.get(otherBin)?.onHand]).toEqual([6, 3])
    subscriber.unsubscribe()
  }
})

test('a subscription begins with what comes: what was there before is not told', async () => {
  const { bin, productId } = await goods()
  await receive(server.operator, productId, bin, 1)
  const subscriber = follow(server.operator)
  await subscriber.started()
  expect(subscriber.changes()).toEqual([])
  await receive(server.operator, productId, bin, 2)
  await subscriber.counted(1)
  expect(subscriber.quantities()).toEqual([2])
  subscriber.unsubscribe()
})

test('after a pause a reader goes on where it stood: nothing is missing, nothing comes twice', async () => {
  const { bin, productId } = await goods()
  const first = follow(server.operator)
  await first.started()
  await receive(server.operator, productId, bin, 1)
  await first.counted(1)
  first.unsubscribe()
  for (const quantity of [2, 3]) await receive(server.operator, productId, bin, quantity)

  const next = follow(second.operator, { after: first.position() })
  await next.counted(2)
  await receive(server.operator, productId, bin, 4)
  await next.counted(3)
  expect(next.quantities()).toEqual([2, 3, 4])
  next.unsubscribe()
})

test('a long past comes in parts, whole and in order', async () => {
  const { bin, productId } = await goods()
  const start = follow(server.operator)
  await start.started()
  start.unsubscribe()
  const quantities = Array.from({ length: 450 }, (_, index) => index + 1)
  await server.operator.movements.post.mutate({
    lines: quantities.map((quantity) => ({
      type: 'incoming' as const,
      productId,
      toLocationId: bin,
      quantity,
    })),
  })
  const subscriber = follow(server.operator, { after: start.position(), productId })
  await subscriber.counted(450)
  expect(subscriber.quantities()).toEqual(quantities)
  for (const { changes } of subscriber.events) expect(changes.length).toBeLessThanOrEqual(200)
  subscriber.unsubscribe()
})

test.each([
  ['a product', ({ productId }: Awaited<ReturnType<typeof goods>>) => ({ productId })],
  ['a place', ({ otherBin }: Awaited<ReturnType<typeof goods>>) => ({ locationId: otherBin })],
])('a subscription to %s hears of nothing else', async (_name, filterOf) => {
  const wanted = await goods()
  const unwanted = await goods()
  const subscriber = follow(server.operator, filterOf(wanted))
  await subscriber.started()
  await receive(server.operator, unwanted.productId, unwanted.bin, 1)
  await receive(server.operator, wanted.productId, wanted.otherBin, 2)
  await receive(server.operator, unwanted.productId, unwanted.otherBin, 3)
  await receive(server.operator, wanted.productId, wanted.otherBin, 4)
  await subscriber.counted(2)
  expect(subscriber.quantities()).toEqual([2, 4])
  subscriber.unsubscribe()
})

describe('transactions that end in another order than they began', () => {
  test('are told in the order of the book: none is passed over', async () => {
    const { bin, otherBin, productId } = await goods()
    const other = await goods()
    const subscriber = follow(server.operator)
    await subscriber.started()
    const slow = await openWriter(server.databaseUrl, productId, bin)
    await slow.write(1)
    const quick = await openWriter(server.databaseUrl, other.productId, otherBin)
    await quick.write(2)
    await quick.end('commit')
    await receive(server.operator, other.productId, otherBin, 3)
    // The others can be seen by now; a reader who took them would miss the slow one for ever.
    const latecomer = follow(second.operator, { after: subscriber.position() })
    await slow.write(4)
    expect(subscriber.quantities()).toEqual([])
    await slow.end('commit')
    for (const reader of [subscriber, latecomer]) {
      await reader.counted(4)
      expect(reader.quantities()).toEqual([1, 2, 3, 4])
      reader.unsubscribe()
    }
  })

  test('and one that is given up holds the others back no longer than it lasts', async () => {
    const { bin, productId } = await goods()
    const other = await goods()
    const subscriber = follow(server.operator)
    await subscriber.started()
    const slow = await openWriter(server.databaseUrl, productId, bin)
    await slow.write(1)
    await receive(server.operator, other.productId, other.bin, 2)
    await slow.end('rollback')
    await subscriber.counted(1)
    expect(subscriber.quantities()).toEqual([2])
    subscriber.unsubscribe()
  })

  test('and one that took its position long before it writes', async () => {
    const { bin, productId } = await goods()
    const other = await goods()
    const subscriber = follow(server.operator)
    await subscriber.started()
    const slow = await openWriter(server.databaseUrl, productId, bin)
    const position = await slow.takePosition()
    await receive(server.operator, other.productId, other.bin, 2)
    const latecomer = follow(second.operator, { after: subscriber.position() })
    // Time for a reader that does not wait to take what it can see.
    await sleep(500)
    expect(subscriber.quantities()).toEqual([])
    await slow.writeAt(position, 1)
    await slow.end('commit')
    for (const reader of [subscriber, latecomer]) {
      await reader.counted(2)
      expect(reader.quantities()).toEqual([1, 2])
      reader.unsubscribe()
    }
  })
})

test('many who post at once and many who come and go: each reader hears all, once and in order', async () => {
  const places = await Promise.all(Array.from({ length: 4 }, () => goods()))
  const start = follow(server.operator)
  await start.started()
  const posted = 40
  const readers = [server, second].map(({ operator }) => follow(operator))
  await Promise.all(readers.map((reader) => reader.started()))
  let sent = 0
  const post = async ({ productId, bin }: (typeof places)[number]) => {
    for (let index = 0; index < posted / places.length; index++) {
      await receive(index % 2 ? second.operator : server.operator, productId, bin, ++sent)
    }
  }
  await Promise.all(places.map(post))
  const late = follow(second.operator, { after: start.events[0]!.position })
  const all = [start, ...readers, late]
  await Promise.all(all.map((reader) => reader.counted(posted)))
  const order = start.changes().map(({ id }) => id)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(new Set(start.quantities()).size).toBe(posted)
  for (const reader of all) {
    expect(reader.changes().map(({ id }) => id)).toEqual(order)
    reader.unsubscribe()
  }
})

test('a loop hears the same as handlers do, and ends when it is left', async () => {
  const { bin, productId } = await goods()
  const heard: number[] = []
  for await (const { changes } of server.operator.stock.changes.iterate({ productId })) {
    heard.push(...changes.map(({ quantity }) => quantity))
    if (heard.length < 3) await receive(server.operator, productId, bin, heard.length + 1)
    else break
  }
  expect(heard).toEqual([1, 2, 3])
})

test('a position that is none of this book is refused', async () => {
  const subscriber = follow(server.operator, { after: 2 ** 40 })
  expect(await subscriber.ended()).toMatchObject({ code: 'INVALID_CURSOR' })
})

test('a sixth subscription of one user is refused, until one of the five is closed', async () => {
  const { operator } = { operator: await server.signInAs('fiona', 'operator') }
  const five = Array.from({ length: 5 }, () => follow(operator))
  await Promise.all(five.map((one) => one.started()))
  expect(await follow(operator).ended()).toMatchObject({
    code: 'TOO_MANY_SUBSCRIPTIONS',
    detail: { open: 5, allowed: 5 },
  })
  const another = follow(server.operator)
  await another.started()
  another.unsubscribe()
  five[0]!.unsubscribe()
  // The server hears of it a moment later.
  for (;;) {
    const sixth = follow(operator)
    const outcome = await sixth.started().then(
      () => null,
      ({ code }: { code: string }) => code,
    )
    sixth.unsubscribe()
    if (outcome === null) break
    expect(outcome).toBe('TOO_MANY_SUBSCRIPTIONS')
  }
  for (const one of five) one.unsubscribe()
})

describe('whoever may not listen any more hears nothing more', () => {
  const userId = async (username: string) =>
    (await server.admin.users.list.query({ search: username })).items[0]!.id
  const keyFor = async (name: string, role: 'operator' | 'admin') => {
    const made = await server.admin.apiKeys.create.mutate({ name, role })
    const client = createStockbookClient({ url: server.url, auth: { apiKey: made.key } })
    return { ...made, client }
  }

  test('a user who is disabled', async () => {
    const client = await server.signInAs('gunnar', 'operator')
    const subscriber = follow(client)
    await subscriber.started()
    await server.admin.users.disable.mutate({ id: await userId('gunnar') })
    // The client tries to sign in anew, as it may after an ended session.
    expect(await subscriber.ended()).toMatchObject({ code: 'SIGN_IN_FAILED' })
  })

  test('a user who is disabled is not told of what moves in the very next moment', async () => {
    const { bin, productId } = await goods()
    for (let round = 0; round < 10; round++) {
      const username = `gustav-${round}`
      const subscriber = follow(await server.signInAs(username, 'operator'))
      await subscriber.started()
      await server.admin.users.disable.mutate({ id: await userId(username) })
      await receive(server.operator, productId, bin, 1)
      expect(await subscriber.ended()).toMatchObject({ code: 'SIGN_IN_FAILED' })
      expect(subscriber.quantities()).toEqual([])
    }
  })

  test('a session that is ended', async () => {
    await server.signInAs('helga', 'operator')
    let stored: StoredSession | null = null
    const store: SessionStore = {
      get: () => stored,
      set(session) {
        stored = session
      },
    }
    const client = createStockbookClient({ url: server.url, auth: { store } })
    await client.auth.signIn.mutate({ username: 'helga', password: testPassword })
    const subscriber = follow(client)
    await subscriber.started()
    const { items } = await server.admin.sessions.list.query({ userId: await userId('helga') })
    for (const { id } of items) await server.admin.sessions.end.mutate({ id })
    expect(await subscriber.ended()).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  })

  test('a key that is revoked', async () => {
    const { client, id } = await keyFor('a scanner', 'operator')
    const subscriber = follow(client)
    await subscriber.started()
    await server.admin.apiKeys.revoke.mutate({ id })
    expect(await subscriber.ended()).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  })

  test('a changed role is judged anew: the connection is made again, and nothing is lost', async () => {
    const { bin, productId } = await goods()
    const client = await server.signInAs('ida', 'operator')
    const subscriber = follow(client)
    await subscriber.started()
    await server.admin.users.update.mutate({ id: await userId('ida'), role: 'admin' })
    await subscriber.until(() => subscriber.disconnections.length > 0)
    await receive(server.operator, productId, bin, 7)
    await subscriber.counted(1)
    expect(subscriber.connections()).toBe(2)
    expect(subscriber.quantities()).toEqual([7])
    subscriber.unsubscribe()
  })
})
