import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, onHand } from '../../src/testing/warehouse.ts'

test.each([
  { there: 40, sent: 15, good: 13, damaged: 1, missing: 1 },
  { there: 500, sent: 499, good: 400, damaged: 90, missing: 9 },
  { there: 7, sent: 7, good: 1, damaged: 1, missing: 5 },
])(
  'of $sent sent to another warehouse $good arrive, $damaged damaged, and $missing are lost: each piece is somewhere',
  async ({ there, sent, good, damaged, missing }) => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const binIn = async (warehouseId: string) => (await makeLocation(admin, 'bin', warehouseId)).id
    const [a, b, road] = [
      await makeLocation(admin, 'warehouse', null),
      await makeLocation(admin, 'warehouse', null),
      await makeLocation(admin, 'warehouse', null),
    ]
    const [from, to, quarantine, transit] = [
      await binIn(a.id),
      await binIn(b.id),
      await binIn(b.id),
      await binIn(road.id),
    ]
    const { id: productId } = await makeProduct(admin)
    const journal = createCommandJournal(operator)
    const transfer = (fromLocationId: string, toLocationId: string, quantity: number) =>
      ({ type: 'transfer', productId, fromLocationId, toLocationId, quantity }) as const
    await journal.post({
      lines: [{ type: 'incoming', productId, toLocationId: from, quantity: there }],
    })
    await journal.post({ lines: [transfer(from, transit, sent)] })
    expect(await onHand(operator, productId, a.id)).toBe(there - sent)
    expect(await onHand(operator, productId, transit)).toBe(sent)

    const arrival = (quantity: number) =>
      journal.post({
        lines: [
          transfer(transit, to, quantity),
          transfer(transit, quarantine, damaged),
          {
            type: 'adjustment',
            productId,
            fromLocationId: transit,
            quantity: missing,
            reason: 'lost on the road',
          },
        ],
      })
    await expect(arrival(good + 1)).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      detail: { locationId: transit, available: sent, requested: sent + 1 },
    })
    expect(await onHand(operator, productId, b.id)).toBe(0)
    await arrival(good)
    expect({
      a: await onHand(operator, productId, a.id),
      good: await onHand(operator, productId, to),
      damaged: await onHand(operator, productId, quarantine),
      onTheRoad: await onHand(operator, productId, road.id),
    }).toEqual({ a: there - sent, good, damaged, onTheRoad: 0 })
    expect(await onHand(operator, productId)).toBe(there - missing)
    await expectSoundBook(server)
    await expectReplayChangesNothing(server, journal)
  },
)
