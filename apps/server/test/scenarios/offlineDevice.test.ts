import { createStockbookClient } from '@stockbook/client'
import { createOutbox, memoryStorage, type Outbox } from '@stockbook/client/outbox'
import { commands, stockMovements } from '@stockbook/db'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

const minuteMs = 60_000
/** The device comes back half an hour after nine. */
const nine = Date.now() - 30 * minuteMs
const at = (minute: number) => new Date(nine + minute * minuteMs)

/** Resolves when nothing waits any more. */
async function through(outbox: Outbox, given: readonly { commandId: string }[]) {
  const settled = []
  for (const { commandId } of given) settled.push(await outbox.settled(commandId))
  return settled.map((entry) => {
    if (entry?.status === 'refused') {
      const { code, detail } = entry.failure
      return { refused: code, available: detail.available, requested: detail.requested }
    }
    return entry?.status
  })
}

test('a device that was offline for half an hour, while others shipped, is sorted out to the last unit', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const level = () => onHand(server.operator, productId)
  await receive(server.admin, productId, bin, 10, at(-10))

  // Offline: the device keeps what it is told, each with the time of its own clock.
  const storage = memoryStorage()
  let minute = 0
  const options = { storage, deviceId: 'scanner 7', now: () => at(minute) }
  const unreachable = createStockbookClient({ url: 'http://127.0.0.1:9', maxRetries: 0 })
  const offline = createOutbox(unreachable, options)
  const pick = { type: 'outgoing' as const, productId, fromLocationId: bin, quantity: 5 }
  const give = async (atMinute: number, line: typeof pick | ReturnType<typeof incoming>) => {
    minute = atMinute
    return offline.add('movements.post', { lines: [line] })
  }
  const incoming = (quantity: number) => ({
    type: 'incoming' as const,
    productId,
    toLocationId: bin,
    quantity,
  })
  const queue = [await give(1, pick), await give(5, pick), await give(7, incoming(10))]
  await offline.close()
  const copy = await storage.change((contents) => contents)
  expect(await level()).toBe(10)

  // Meanwhile somebody who is online ships four.
  await server.admin.movements.post.mutate({
    occurredAt: at(3),
    lines: [{ ...pick, quantity: 4 }],
  })
  expect(await level()).toBe(6)

  // Back again.
  minute = 30
  const before = new Date()
  const online = createOutbox(server.operator, options)
  const results = await through(online, queue)
  expect(results).toEqual([
    'done',
    { refused: 'INSUFFICIENT_STOCK', available: 1, requested: 5 },
    'done',
  ])
  expect(await level()).toBe(11)
  expect(online.state().refused).toMatchObject([{ commandId: queue[1]!.commandId }])

  const rows = await server.db
    .select({
      type: stockMovements.type,
      quantity: stockMovements.quantity,
      occurredAt: stockMovements.occurredAt,
      recordedAt: stockMovements.recordedAt,
      deviceId: commands.deviceId,
    })
    .from(stockMovements)
    .innerJoin(commands, eq(commands.id, stockMovements.commandId))
    .where(eq(commands.deviceId, 'scanner 7'))
    .orderBy(asc(stockMovements.id))
  expect(rows).toMatchObject([
    { type: 'outgoing', quantity: 5, occurredAt: at(1) },
    { type: 'incoming', quantity: 10, occurredAt: at(7) },
  ])
  for (const { recordedAt } of rows) {
    expect(recordedAt.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1_000)
  }

  // The whole queue once more, as from a backup of the device: the same answers, and nothing moves.
  await online.close()
  await storage.change(() => copy)
  const again = createOutbox(server.operator, options)
  expect(await through(again, queue)).toEqual(results)
  expect(await level()).toBe(11)

  // A person decides: now there is enough, so it is given as a new command.
  const decided = await again.retry(queue[1]!.commandId)
  expect(await through(again, [decided!])).toEqual(['done'])
  expect(await level()).toBe(6)
  expect(again.state()).toMatchObject({ waiting: [], refused: [] })
  await again.close()
  await expectSoundBook(server)
})
