import { stockMovements } from '@stockbook/db'
import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

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
