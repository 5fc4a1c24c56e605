import { isStockbookError } from '@stockbook/client'
import { bookClosings, stockMovements } from '@stockbook/db'
import { and, gt, lt } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

const march = (day: number) => new Date(Date.UTC(2026, 2, day))
const justBefore = (moment: Date) => new Date(moment.getTime() - 1)

async function stocked(server: TestServer) {
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  return { bin, productId }
}

test('a book that was never closed says so, and one that is closed says until when, why and by whom', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  expect(await operator.stock.closing.query()).toBeNull()
  const closing = await admin.stock.close.mutate({ closedBefore: march(1), reason: 'year end' })
  expect(closing).toMatchObject({
    closedBefore: march(1),
    reason: 'year end',
    closedByName: 'anton',
  })
  expect(await operator.stock.closing.query()).toEqual(closing)
})

test('nothing that happened before the closing is posted: no movement, no correction', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { bin, productId } = await stocked(server)
  const early = await receive(operator, productId, bin, 10, march(5))
  await admin.stock.close.mutate({ closedBefore: march(10), reason: 'counted' })
  const { stock_movements: before } = await databaseContents(server.db)
  const refusal = (occurredAt: Date) => ({
    code: 'PERIOD_CLOSED',
    detail: {
      occurredAt: occurredAt.toISOString(),
      closedBefore: march(10).toISOString(),
    },
  })
  const late = justBefore(march(10))
  await expect(receive(operator, productId, bin, 1, late)).rejects.toMatchObject(refusal(late))
  await expect(receive(admin, productId, bin, 1, late)).rejects.toMatchObject(refusal(late))
  await expect(
    operator.movements.reverse.mutate({
      reversedCommandId: early.commandId,
      occurredAt: march(6),
      reason: 'a mistake',
    }),
  ).rejects.toMatchObject(refusal(march(6)))
  expect(await databaseContents(server.db)).toMatchObject({ stock_movements: before })

  // What happened exactly then, or later, is posted; also what takes back something from before.
  await receive(operator, productId, bin, 1, march(10))
  await operator.movements.reverse.mutate({
    reversedCommandId: early.commandId,
    reason: 'a mistake',
  })
  expect(await onHand(operator, productId)).toBe(1)
  await expectSoundBook(server)
})

test('an earlier moment opens the book again, as far as that moment', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { bin, productId } = await stocked(server)
  await admin.stock.close.mutate({ closedBefore: march(10), reason: 'counted' })
  await admin.stock.close.mutate({ closedBefore: march(5), reason: 'a paper was found' })
  await receive(operator, productId, bin, 1, march(5))
  await expect(receive(operator, productId, bin, 1, justBefore(march(5)))).rejects.toMatchObject({
    code: 'PERIOD_CLOSED',
  })
  expect(await operator.stock.closing.query()).toMatchObject({ reason: 'a paper was found' })
})

test('a moment that is still to come is refused, and the book stays as it was', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  await admin.stock.close.mutate({ closedBefore: march(1), reason: 'year end' })
  const before = await databaseContents(db)
  const tomorrow = new Date(Date.now() + 24 * 3600 * 1000)
  await expect(
    admin.stock.close.mutate({ closedBefore: tomorrow, reason: 'too soon' }),
  ).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    detail: { issues: [{ path: ['closedBefore'] }] },
  })
  expect(await databaseContents(db)).toEqual(before)
  expect(await operator.stock.closing.query()).toMatchObject({ closedBefore: march(1) })
})

test.each([
  ['changed', "update book_closings set closed_before = 'epoch'"],
  ['deleted', 'delete from book_closings'],
  ['emptied', 'truncate book_closings'],
])('a closing cannot be %s, not even by the owner', async (_, statement) => {
  await using server = await startTestServer()
  const { admin, db } = server
  await admin.stock.close.mutate({ closedBefore: march(1), reason: 'year end' })
  await expect(db.$client.query(statement)).rejects.toMatchObject({ code: 'SB001' })
  expect(await db.$count(bookClosings)).toBe(1)
})

test('while sixteen clients post, a closing lets nothing slip in behind it', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const clients = 16
  const bins = await makeBins(admin, 4)
  const { id: productId } = await makeProduct(admin)
  let posted = 0
  let refused = 0
  let closed = false

  async function post(index: number) {
    // On after the closing, until each client has been refused by it.
    for (let refusedHere = 0; refusedHere < 3; ) {
      const wasClosed = closed
      try {
        await receive(operator, productId, bins[index % bins.length]!, 1, march(9))
        posted++
        expect(wasClosed).toBe(false)
      } catch (error) {
        if (!isStockbookError(error) || error.code !== 'PERIOD_CLOSED') throw error
        refusedHere++
        refused++
      }
    }
  }
  async function close() {
    while (posted < clients * 2) await new Promise((resolve) => setImmediate(resolve))
    const closing = await admin.stock.close.mutate({ closedBefore: march(10), reason: 'counted' })
    closed = true
    return closing
  }
  const [closing] = await Promise.all([
    close(),
    ...Array.from({ length: clients }, (_, index) => post(index)),
  ])

  expect(posted).toBeGreaterThanOrEqual(clients * 2)
  expect(refused).toBe(clients * 3)
  const slippedIn = await db
    .select()
    .from(stockMovements)
    .where(
      and(
        gt(stockMovements.recordedAt, closing.recordedAt),
        lt(stockMovements.occurredAt, closing.closedBefore),
      ),
    )
  expect(slippedIn).toEqual([])
  expect(await onHand(operator, productId)).toBe(posted)
  await expectSoundBook(server)
})
