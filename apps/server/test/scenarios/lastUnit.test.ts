import { isStockbookError } from '@stockbook/client'
import { eq } from 'drizzle-orm'
import { stockMovements } from '@stockbook/db'
import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

test('two operators race for the last unit, fifty times: one wins, the other learns why', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId, sku } = await makeProduct(server.admin)
  const olga = createCommandJournal(server.operator)
  const boris = createCommandJournal(await server.signInAs('boris', 'operator'))

  for (let round = 0; round < 50; round++) {
    await olga.post({ lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 }] })
    const ship = {
      lines: [{ type: 'outgoing' as const, productId, fromLocationId: bin, quantity: 1 }],
    }
    const results = await Promise.allSettled([olga.post(ship), boris.post(ship)])
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    expect(refusals).toHaveLength(1)
    expect(isStockbookError(refusals[0], 'INSUFFICIENT_STOCK')).toBe(true)
    expect(refusals[0]).toMatchObject({
      detail: { productId, sku, locationId: bin, available: 0, requested: 1 },
    })
    expect(await onHand(server.operator, productId)).toBe(0)
  }

  const shipped = await server.db
    .select({ quantity: stockMovements.quantity })
    .from(stockMovements)
    .where(eq(stockMovements.fromLocationId, bin))
  expect(shipped).toEqual(Array.from({ length: 50 }, () => ({ quantity: 1 })))
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, olga)
  await expectReplayChangesNothing(server, boris)
})
