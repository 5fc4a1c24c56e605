import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

/** Received 100 by mistake for 10, and some of it has gone out since. */
async function wrongReceipt(server: Awaited<ReturnType<typeof startTestServer>>, shipped: number) {
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const journal = createCommandJournal(server.operator)
  const receipt = (quantity: number) =>
    ({ type: 'incoming', productId, toLocationId: bin, quantity }) as const
  const wrong = await journal.post({ lines: [receipt(100)] })
  await journal.post({
    lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity: shipped }],
  })
  const movementId = wrong.movements[0]!.id
  const correct = () =>
    journal.post({ lines: [{ type: 'reversal', movementId }, receipt(10)], note: 'miscounted' })
  return { journal, productId, bin, movementId, correct }
}

test('one command takes a wrong receipt back and puts the right one in its place', async () => {
  await using server = await startTestServer()
  const { journal, productId, movementId, correct } = await wrongReceipt(server, 4)
  const { operator } = server
  const original = await operator.movements.get.query({ id: movementId })

  const { movements } = await correct()
  expect(await onHand(operator, productId)).toBe(6)
  const [reversal, replacement] = movements
  expect(reversal).toMatchObject({ type: 'outgoing', quantity: 100, reversesId: movementId })
  expect(replacement).toMatchObject({ type: 'incoming', quantity: 10, reversesId: null })
  expect(await operator.movements.get.query({ id: movementId })).toEqual({
    ...original,
    reversedById: reversal!.id,
  })
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})

test('a correction for which too much has gone out already is refused whole', async () => {
  await using server = await startTestServer()
  const { journal, productId, bin, movementId, correct } = await wrongReceipt(server, 15)
  const { stock_movements: movementsBefore, stock_levels: levelsBefore } = await databaseContents(
    server.db,
  )

  // 85 are left and 100 - 10 would have to go: 5 too few.
  await expect(correct()).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId, locationId: bin, available: 85, requested: 90 },
  })
  expect(await onHand(server.operator, productId)).toBe(85)
  expect(await databaseContents(server.db)).toMatchObject({
    stock_movements: movementsBefore,
    stock_levels: levelsBefore,
  })
  const original = await server.operator.movements.get.query({ id: movementId })
  expect(original.reversedById).toBeNull()
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})
