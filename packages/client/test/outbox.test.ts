import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import {
  createOutbox,
  indexedDbStorage,
  memoryStorage,
  type Outbox,
  type OutboxClient,
  type OutboxOptions,
  type OutboxStorage,
} from '../src/outbox/index.ts'
import { product, receive, ship, startBook } from './outboxBench.ts'
import { answering, cutAfterWork, Refusal, startServer } from './testServer.ts'

const open: Outbox[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((outbox) => outbox.close()))
})

function outboxOf(client: OutboxClient, options: OutboxOptions): Outbox {
  const outbox = createOutbox(client, options)
  open.push(outbox)
  return outbox
}

/** A client whose server is not there. */
const unreachable = createStockbookClient({ url: 'http://127.0.0.1:9', maxRetries: 0 })

/** Resolves when the outbox shows what is asked for; the test's own time limit is the only clock. */
function until(outbox: Outbox, isSo: (state: ReturnType<Outbox['state']>) => boolean) {
  return new Promise<ReturnType<Outbox['state']>>((resolve) => {
    const look = () => {
      if (!isSo(outbox.state())) return
      stop()
      resolve(outbox.state())
    }
    const stop = outbox.subscribe(look)
    look()
  })
}

/** Each makes a new queue, and answers with what opens it, as each tab does for itself. */
const queues: [string, () => () => OutboxStorage][] = [
  [
    'memory',
    () => {
      const storage = memoryStorage()
      return () => storage
    },
  ],
  [
    'IndexedDB',
    () => {
      const name = randomUUID()
      return () => indexedDbStorage(name)
    },
  ],
]

describe.each(queues)('with its commands in %s', (_name, newQueue) => {
  test('a command is kept before anything is sent', async () => {
    const openQueue = newQueue()
    const outbox = outboxOf(unreachable, { storage: openQueue() })
    const { commandId } = await outbox.add('movements.post', receive(1))
    const { entries } = await openQueue().change((contents) => contents)
    expect(entries.map((entry) => entry.commandId)).toEqual([commandId])
  })

  test('commands are sent in the order in which they were given, and each has its own answer', async () => {
    await using server = await startBook(5)
    const outbox = outboxOf(server.client, { storage: newQueue()() })
    const given = []
    for (const input of [ship(4), ship(4), receive(10), ship(11)]) {
      given.push(await outbox.add('movements.post', input))
    }
    const settled = []
    for (const { commandId } of given) settled.push(await outbox.settled(commandId))
    expect(settled.map((entry) => entry?.status)).toEqual(['done', 'refused', 'done', 'done'])
    expect(server.book.asked.map(({ commandId }) => commandId)).toEqual(
      given.map(({ commandId }) => commandId),
    )
    expect(server.book.onHand).toBe(0)
    expect(settled[1]).toMatchObject({
      failure: { code: 'INSUFFICIENT_STOCK', detail: { available: 1 } },
      isUncertain: false,
    })
    expect(outbox.state()).toMatchObject({ waiting: [], refused: [settled[1]] })
  })

  test('a command that is given twice under one id is one, and another one under that id is not taken', async () => {
    await using server = await startBook(0)
    const outbox = outboxOf(server.client, { storage: newQueue()() })
    const commandId = randomUUID()
    const [first, second] = await Promise.all([
      outbox.add('movements.post', { ...receive(3), commandId }),
      outbox.add('movements.post', { ...receive(3), commandId }),
    ])
    expect(second).toEqual(first)
    const other = outbox.add('movements.post', { ...receive(4), commandId })
    await expect(other).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' })
    await outbox.settled(commandId)
    expect(outbox.state()).toMatchObject({ waiting: [], refused: [], done: [{ commandId }] })
    expect(server.book.asked).toHaveLength(1)
  })

  test('many commands given at once keep their order', async () => {
    await using server = await startBook(0)
    const outbox = outboxOf(server.client, { storage: newQueue()() })
    const given = await Promise.all(
      Array.from({ length: 30 }, (_, index) => outbox.add('movements.post', receive(index + 1))),
    )
    await until(outbox, ({ done }) => done.length === 30)
    expect(server.book.posted.map(({ lines }) => lines[0]!.quantity)).toEqual(
      given.map((_, index) => index + 1),
    )
  })

  test('what waits when a program ends is sent by the next one, under the same id', async () => {
    const openQueue = newQueue()
    const first = createOutbox(unreachable, { storage: openQueue() })
    const { commandId } = await first.add('movements.post', receive(3))
    await first.close()
    await using server = await startBook(0)
    const second = outboxOf(server.client, { storage: openQueue() })
    expect(await second.settled(commandId)).toMatchObject({ status: 'done' })
    expect(server.book.posted.map((command) => command.commandId)).toEqual([commandId])
  })

  test('a program that is killed after the server worked and before it heard posts nothing twice', async () => {
    await using server = await startBook(0)
    const openQueue = newQueue()
    server.faults.push(cutAfterWork)
    const first = createOutbox(server.client, { storage: openQueue() })
    const { commandId } = await first.add('movements.post', receive(3))
    await until(first, ({ activity }) => activity === 'postponed')
    await first.close()
    const second = outboxOf(server.client, { storage: openQueue() })
    expect(await second.settled(commandId)).toMatchObject({
      status: 'done',
      result: { commandId, replayed: true },
    })
    expect(server.book.asked).toHaveLength(2)
    expect(server.book.onHand).toBe(3)
  })

  test('two outboxes on one queue send each command once, in order', async () => {
    await using server = await startBook(0)
    const openQueue = newQueue()
    const outboxes = [
      outboxOf(server.client, { storage: openQueue() }),
      outboxOf(server.client, { storage: openQueue() }),
    ] as const
    for (let index = 1; index <= 10; index++) {
      await outboxes[index % 2]!.add('movements.post', receive(index))
    }
    for (const outbox of outboxes) await until(outbox, ({ done }) => done.length === 10)
    expect(server.book.asked.map(({ lines }) => lines[0]!.quantity)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ])
  })

  test('what was restored from an old copy is answered as it was, and changes nothing', async () => {
    await using server = await startBook(5)
    const openQueue = newQueue()
    const away = createOutbox(unreachable, { storage: openQueue() })
    for (const input of [ship(4), ship(4), receive(10)]) await away.add('movements.post', input)
    await away.close()
    const copy = await openQueue().change((contents) => contents)
    const results = []
    for (let round = 0; round < 2; round++) {
      await openQueue().change(() => copy)
      const outbox = createOutbox(server.client, { storage: openQueue() })
      const { done, refused } = await until(
        outbox,
        (state) => state.done.length + state.refused.length === 3,
      )
      results.push([
        done.map(({ commandId }) => commandId),
        refused.map(({ failure }) => failure.code),
      ])
      await outbox.close()
    }
    expect(results[1]).toEqual(results[0])
    expect(results[0]![1]).toEqual(['INSUFFICIENT_STOCK'])
    expect(server.book.onHand).toBe(11)
    expect(server.book.posted).toHaveLength(2)
  })
})

describe('a command that does not go through', () => {
  test('waits while the server asks for it, and those behind it with it', async () => {
    await using server = await startBook(0)
    server.faults.push(answering(503, '<h1>busy</h1>', { 'retry-after': '3600' }))
    const outbox = outboxOf(server.client, { storage: memoryStorage() })
    await outbox.add('movements.post', receive(1))
    await until(outbox, ({ activity }) => activity === 'postponed')
    await outbox.add('movements.post', receive(2))
    expect(server.seen).toHaveLength(1)
    expect(outbox.state()).toMatchObject({ waiting: [{ attempts: 1 }, { attempts: 0 }] })
    outbox.send()
    await until(outbox, ({ done }) => done.length === 2)
    expect(server.book.onHand).toBe(3)
  })

  test.each([
    ['a proxy’s page', answering(502, '<h1>bad gateway</h1>')],
    ['the sign-in page of a foreign network', answering(200, '<form>Welcome to our WLAN</form>')],
    ['a broken connection', cutAfterWork],
  ])('is not given up for %s', async (_what, fault) => {
    await using server = await startBook(0)
    server.faults.push(fault)
    const outbox = outboxOf(server.client, { storage: memoryStorage() })
    await outbox.add('movements.post', receive(1))
    await until(outbox, ({ activity }) => activity === 'postponed')
    expect(outbox.state()).toMatchObject({ waiting: [{ attempts: 1 }], refused: [] })
    outbox.send()
    await until(outbox, ({ done }) => done.length === 1)
    expect(server.book.onHand).toBe(1)
  })

  test('waits for a sign-in, and is not tried without one again and again', async () => {
    await using server = await startBook(0)
    server.book.failWith = new Refusal('SIGN_IN_REQUIRED')
    const outbox = outboxOf(server.client, { storage: memoryStorage() })
    await outbox.add('movements.post', receive(1))
    await until(outbox, ({ activity }) => activity === 'signIn')
    expect(server.seen).toHaveLength(1)
    server.book.failWith = null
    outbox.send()
    await until(outbox, ({ done }) => done.length === 1)
  })

  test('goes to the inbox after some time when the server fails at it, and keeps its id there', async () => {
    await using server = await startBook(0)
    server.book.failWith = new Refusal('INTERNAL')
    const outbox = outboxOf(server.client, { storage: memoryStorage() })
    const { commandId } = await outbox.add('movements.post', receive(1))
    for (let attempt = 1; attempt < 5; attempt++) {
      await until(outbox, ({ waiting, activity }) =>
        activity === 'postponed' ? waiting[0]?.attempts === attempt : false,
      )
      outbox.send()
    }
    expect(await outbox.settled(commandId)).toMatchObject({ status: 'refused', isUncertain: true })
    server.book.failWith = null
    expect(await outbox.retry(commandId)).toMatchObject({ commandId })
    expect(await outbox.settled(commandId)).toMatchObject({ status: 'done' })
  })
})

describe('the inbox', () => {
  async function refusedShipment(server: Awaited<ReturnType<typeof startBook>>) {
    const storage = memoryStorage()
    const outbox = outboxOf(server.client, { storage })
    const { commandId } = await outbox.add('movements.post', ship(5))
    await outbox.settled(commandId)
    return { outbox, storage, commandId }
  }

  test('gives a refused command again as a new one, dated anew', async () => {
    await using server = await startBook(0)
    const { outbox, commandId } = await refusedShipment(server)
    server.book.onHand = 5
    const again = await outbox.retry(commandId)
    expect(again!.commandId).not.toBe(commandId)
    expect(await outbox.settled(again!.commandId)).toMatchObject({ status: 'done' })
    expect(outbox.state().refused).toEqual([])
    expect(server.book.onHand).toBe(0)
    const [first, second] = server.book.asked
    expect(second!.occurredAt!.getTime()).toBeGreaterThanOrEqual(first!.occurredAt!.getTime())
  })

  test('lets another command take the place of a refused one', async () => {
    await using server = await startBook(3)
    const { outbox, commandId } = await refusedShipment(server)
    const other = await outbox.replace(commandId, 'movements.post', ship(3))
    expect(await outbox.settled(other!.commandId)).toMatchObject({ status: 'done' })
    expect(outbox.state().refused).toEqual([])
    expect(server.book.onHand).toBe(0)
  })

  test('gives a refused command again once, however often that is asked for', async () => {
    await using server = await startBook(0)
    const { outbox, storage, commandId } = await refusedShipment(server)
    const other = outboxOf(server.client, { storage })
    server.book.onHand = 50
    const answers = await Promise.all([
      outbox.retry(commandId),
      outbox.retry(commandId),
      other.retry(commandId),
      other.replace(commandId, 'movements.post', ship(5)),
    ])
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1)
    await until(outbox, ({ done }) => done.length === 1)
    expect(server.book.onHand).toBe(45)
  })

  test('forgets a refused command when a person says so, and never one that waits', async () => {
    await using server = await startBook(0)
    const { outbox, commandId } = await refusedShipment(server)
    await outbox.discard(commandId)
    expect(outbox.state().refused).toEqual([])
    const away = outboxOf(unreachable, { storage: memoryStorage() })
    const waiting = await away.add('movements.post', receive(1))
    await away.discard(waiting.commandId)
    expect(away.state().waiting).toHaveLength(1)
  })
})

test('a command is taken back only while its sending has not begun', async () => {
  const storage = memoryStorage()
  const outbox = outboxOf(unreachable, { storage })
  const first = await outbox.add('movements.post', receive(1))
  const second = await outbox.add('movements.post', receive(2))
  await until(outbox, ({ activity }) => activity === 'postponed')
  expect(await outbox.withdraw(first.commandId)).toBe(false)
  expect(await outbox.withdraw(second.commandId)).toBe(true)
  expect(outbox.state().waiting.map(({ commandId }) => commandId)).toEqual([first.commandId])
  expect(await outbox.settled(second.commandId)).toBeNull()
})

test('nobody’s sign-in sends what another user of the device has given', async () => {
  await using server = await startBook(0)
  const storage = memoryStorage()
  const olga = createOutbox(unreachable, { storage, userId: 'olga' })
  const { commandId } = await olga.add('movements.post', receive(1))
  await olga.close()
  server.book.signedIn = 'boris'
  const boris = outboxOf(server.client, { storage, userId: 'boris' })
  await boris.settled((await boris.add('movements.post', receive(10))).commandId)
  expect(boris.state()).toMatchObject({ waiting: [], ofOthers: 1 })
  expect(server.book.onHand).toBe(10)
  await boris.close()
  server.book.signedIn = 'olga'
  const olgaAgain = outboxOf(server.client, { storage, userId: 'olga' })
  expect(await olgaAgain.settled(commandId)).toMatchObject({ status: 'done' })
  expect(server.book.onHand).toBe(11)
})

test('a command of one user is not sent with the session that another has opened in this browser', async () => {
  await using server = await startBook(0)
  server.book.signedIn = 'boris'
  const outbox = outboxOf(server.client, { storage: memoryStorage(), userId: 'olga' })
  const { commandId } = await outbox.add('movements.post', receive(1))
  await until(outbox, ({ activity }) => activity === 'signIn')
  expect(outbox.state().waiting).toMatchObject([{ failure: { code: 'SIGN_IN_REQUIRED' } }])
  expect(server.book.asked).toEqual([])
  server.book.signedIn = 'olga'
  outbox.send()
  expect(await outbox.settled(commandId)).toMatchObject({ status: 'done' })
})

test('a server that cannot say who is signed in makes no command refused', async () => {
  await using server = await startServer({
    'auth.me': () => {
      throw new Refusal('INTERNAL')
    },
  })
  const client = createStockbookClient({ url: server.url, maxRetries: 0 })
  const outbox = outboxOf(client, { storage: memoryStorage(), userId: 'olga' })
  await outbox.add('movements.post', receive(1))
  for (let attempt = 1; attempt <= 6; attempt++) {
    outbox.send()
    await until(
      outbox,
      ({ activity, waiting }) => activity === 'postponed' && waiting[0]!.attempts >= attempt,
    )
  }
  expect(outbox.state()).toMatchObject({ refused: [], waiting: [{}] })
})

test('a count that is given again keeps the time at which it was counted', async () => {
  const counts: { commandId: string; countedAt: Date }[] = []
  await using server = await startServer({
    'checks.count': (input: { commandId: string; countedAt: Date }) => {
      counts.push(input)
      if (counts.length === 1) throw new Refusal('WRONG_STATE')
      return {}
    },
  })
  const times = [new Date('2026-11-24T09:01:00Z'), new Date('2026-11-24T10:00:00Z')]
  const outbox = outboxOf(createStockbookClient({ url: server.url }), {
    storage: memoryStorage(),
    now: () => times[Math.min(counts.length, 1)]!,
  })
  const first = await outbox.add('checks.count', { lineId: product, quantity: 7 })
  await outbox.settled(first.commandId)
  const second = await outbox.retry(first.commandId)
  await outbox.settled(second!.commandId)
  expect(counts.map(({ countedAt }) => countedAt)).toEqual([times[0], times[0]])
  expect(counts[1]!.commandId).not.toBe(counts[0]!.commandId)
})

test('a movement names its device, and what does not take a name is not given one', async () => {
  const seen: Record<string, unknown>[] = []
  const take = (input: Record<string, unknown>) => {
    seen.push(input)
    return {}
  }
  await using server = await startServer({
    'movements.post': take,
    'checks.count': take,
    'reservations.release': take,
  })
  const outbox = outboxOf(createStockbookClient({ url: server.url }), {
    storage: memoryStorage(),
    deviceId: 'scanner 7',
  })
  await outbox.add('movements.post', receive(1))
  await outbox.add('checks.count', { lineId: product, quantity: 7 })
  await outbox.add('reservations.release', { id: product })
  await until(outbox, ({ done }) => done.length === 3)
  expect(seen.map(({ deviceId }) => deviceId)).toEqual(['scanner 7', undefined, undefined])
})

test('a command happens when it was given, unless it says when', async () => {
  await using server = await startBook(0)
  const given = new Date('2026-11-24T09:01:00Z')
  const said = new Date('2026-11-24T08:00:00Z')
  const outbox = outboxOf(server.client, { storage: memoryStorage(), now: () => given })
  await outbox.add('movements.post', receive(1))
  await outbox.add('movements.post', { ...receive(1), occurredAt: said })
  await until(outbox, ({ done }) => done.length === 2)
  expect(server.book.posted.map(({ occurredAt }) => occurredAt)).toEqual([given, said])
})

test('a clock that is wrong shows, and a right one does not', async () => {
  await using server = await startBook(0)
  const right = outboxOf(server.client, { storage: memoryStorage() })
  await right.settled((await right.add('movements.post', receive(1))).commandId)
  expect(Math.abs(right.state().clockAheadMs!)).toBeLessThan(60_000)
  server.book.clockBehindMs = 600_000
  const ahead = outboxOf(server.client, { storage: memoryStorage() })
  await ahead.settled((await ahead.add('movements.post', receive(1))).commandId)
  expect(ahead.state().clockAheadMs).toBeGreaterThan(540_000)
})

test('a storage that fails is told to the one who gave the command, and nothing is sent', async () => {
  await using server = await startBook(0)
  const storage = memoryStorage()
  let isFull = false
  const full: OutboxStorage = {
    ...storage,
    change: async (step) => {
      if (isFull) throw new Error('the disk is full')
      return storage.change(step)
    },
  }
  const outbox = outboxOf(server.client, { storage: full })
  isFull = true
  await expect(outbox.add('movements.post', receive(1))).rejects.toThrow('the disk is full')
  expect(server.seen).toEqual([])
})

test('a listener that fails undoes no command, and keeps nothing from the others', async () => {
  await using server = await startBook(0)
  const outbox = outboxOf(server.client, { storage: memoryStorage() })
  const told: unknown[] = []
  const later = globalThis.queueMicrotask
  vi.stubGlobal('queueMicrotask', (work: () => void) =>
    later(() => {
      try {
        work()
      } catch (error) {
        told.push(error)
      }
    }),
  )
  const stop = outbox.subscribe(() => {
    throw new Error('of the listener')
  })
  const { commandId } = await outbox.add('movements.post', receive(1))
  expect(await outbox.settled(commandId)).toMatchObject({ status: 'done' })
  stop()
  await outbox.close()
  vi.unstubAllGlobals()
  expect(told).toContainEqual(new Error('of the listener'))
})

test('a clock that was put back leaves nobody waiting for one who went away', async () => {
  await using server = await startBook(0)
  const storage = memoryStorage()
  const until = Date.now() + 3 * 3_600_000
  await storage.change((contents) => ({ ...contents, lease: { holder: 'gone', until } }))
  const outbox = outboxOf(server.client, { storage })
  const { commandId } = await outbox.add('movements.post', receive(1))
  expect(await outbox.settled(commandId)).toMatchObject({ status: 'done' })
})

test('the network’s return is noticed at once', async () => {
  const storage = memoryStorage()
  await using server = await startBook(0)
  const { port } = new URL(server.url)
  let isThere = false
  const client = createStockbookClient({
    url: `http://127.0.0.1:${port}`,
    maxRetries: 0,
    fetch: (...args) => (isThere ? fetch(...args) : Promise.reject(new TypeError('no network'))),
  })
  const listeners = new Set<() => void>()
  const platform = globalThis as { addEventListener?: unknown; removeEventListener?: unknown }
  platform.addEventListener = (_type: 'online', listener: () => void) => listeners.add(listener)
  platform.removeEventListener = (_type: 'online', listener: () => void) =>
    listeners.delete(listener)
  try {
    const outbox = createOutbox(client, { storage })
    const { commandId } = await outbox.add('movements.post', receive(1))
    await until(outbox, ({ activity }) => activity === 'postponed')
    isThere = true
    for (const listener of listeners) listener()
    expect(await outbox.settled(commandId)).toMatchObject({ status: 'done' })
    await outbox.close()
    expect(listeners.size).toBe(0)
  } finally {
    delete platform.addEventListener
    delete platform.removeEventListener
  }
})
