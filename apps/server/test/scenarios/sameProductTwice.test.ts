import { newCommandId } from '@stockbook/client'
import { reservations, stockMovements } from '@stockbook/db'
import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

test('two lines that together ask for more than there is are refused together', async () => {
  await using server = await startTestServer()
  const [bin, other] = await makeBins(server.admin, 2)
  const { id: productId } = await makeProduct(server.admin)
  const journal = createCommandJournal(server.operator)
  await journal.post({ lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 5 }] })
  const ship = (quantity: number) =>
    ({ type: 'outgoing', productId, fromLocationId: bin, quantity }) as const

  await expect(journal.post({ lines: [ship(3), ship(3)] })).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 5, requested: 6 },
  })
  await expect(
    journal.post({
      lines: [
        { type: 'transfer', productId, fromLocationId: bin, toLocationId: other, quantity: 3 },
        ship(3),
      ],
    }),
  ).rejects.toMatchObject({ code: 'INSUFFICIENT_STOCK', detail: { available: 5, requested: 6 } })
  expect(await server.db.$count(stockMovements)).toBe(1)
  expect(await onHand(server.operator, productId, bin)).toBe(5)

  await journal.post({ lines: [ship(3), ship(2)] })
  expect(await onHand(server.operator, productId)).toBe(0)
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})

test('an order of three and three out of five holds nothing, or in parts three and two: never six', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(operator, productId, bin, 5)
  const lines = [3, 3].map((quantity) => ({ productId, locationId: bin, quantity }))

  await expect(operator.reservations.holdOrder.mutate({ lines })).rejects.toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 5, requested: 6, held: 0 },
  })
  expect(await server.db.$count(reservations)).toBe(0)

  const order = { commandId: newCommandId(), lines, partial: true }
  const held = await operator.reservations.holdOrder.mutate(order)
  expect(held).toMatchObject({
    replayed: false,
    lines: [
      { requested: 3, held: 3, short: 0, reservation: { quantity: 3, open: 3, status: 'held' } },
      { requested: 3, held: 2, short: 1, reservation: { quantity: 2, open: 2, status: 'held' } },
    ],
  })
  expect(await operator.reservations.holdOrder.mutate(order)).toEqual({ ...held, replayed: true })
  expect(await server.db.$count(reservations)).toBe(2)
  expect(await operator.stock.explain.query({ productId })).toMatchObject({ available: 0 })
  await expectSoundBook(server)
})
