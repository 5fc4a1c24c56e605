import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

const november = (day: number) => new Date(Date.UTC(2025, 10, day, 9))

test('a late paper is posted at its own date when the stock allows it at every later moment and the book is open', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const journal = createCommandJournal(operator)
  const receive = (quantity: number, occurredAt: Date) =>
    journal.post({
      occurredAt,
      lines: [{ type: 'incoming', productId, toLocationId: bin, quantity }],
    })
  const ship = (quantity: number, occurredAt: Date) =>
    journal.post({
      occurredAt,
      lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity }],
    })
  const asOf = async (day: number, knownAt?: Date) => {
    const { items } = await operator.stock.asOf.query({
      productId,
      at: november(day),
      ...(knownAt && { knownAt }),
    })
    return items.map((level) => level.onHand)
  }

  await receive(100, november(1))
  await ship(80, november(10))
  const { recordedAt: known } = await receive(50, november(20))
  expect(await onHand(operator, productId)).toBe(70)

  const { stock_movements: before } = await databaseContents(server.db)
  await expect(ship(30, november(5))).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK_IN_PAST',
    detail: {
      productId,
      locationId: bin,
      firstBadAt: november(10).toISOString(),
      shortfall: 10,
    },
  })
  expect(await databaseContents(server.db)).toMatchObject({ stock_movements: before })
  expect(await onHand(operator, productId)).toBe(70)

  const late = await ship(15, november(5))
  expect(late.occurredAt).toEqual(november(5))
  expect(late.recordedAt.getTime()).toBeGreaterThanOrEqual(known.getTime())
  expect(await asOf(5)).toEqual([85])
  expect(await asOf(10)).toEqual([5])
  expect(await asOf(20)).toEqual([55])
  expect(await asOf(20, known)).toEqual([70])
  expect(await onHand(operator, productId)).toBe(55)

  await server.admin.stock.close.mutate({ closedBefore: november(15), reason: 'the month is done' })
  await expect(ship(1, november(14))).rejects.toMatchObject({
    code: 'PERIOD_CLOSED',
    detail: {
      occurredAt: november(14).toISOString(),
      closedBefore: november(15).toISOString(),
    },
  })
  await expect(receive(1, november(1))).rejects.toMatchObject({ code: 'PERIOD_CLOSED' })
  expect(await onHand(operator, productId)).toBe(55)
  await ship(1, november(15))
  expect(await asOf(15)).toEqual([4])
  expect(await onHand(operator, productId)).toBe(54)
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})
