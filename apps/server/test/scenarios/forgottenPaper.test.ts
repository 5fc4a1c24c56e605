import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { adjustmentsOf, changeOf, count, openCheck, submitAndApprove } from '../checks/counting.ts'

const november = (day: number) => new Date(Date.UTC(2025, 10, day, 9))

test('a forgotten paper of before a count changes nothing of what was counted', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 98, november(1))

  const { id } = await openCheck(server)
  const line = await count(operator, id, productId, 103, november(12))
  expect(line).toMatchObject({ expected: 98, variance: 5 })
  await submitAndApprove(server, id)
  expect((await adjustmentsOf(server, id)).map(changeOf)).toEqual([5])
  expect(await onHand(operator, productId)).toBe(103)

  const journal = createCommandJournal(operator)
  const late = await journal.post({
    occurredAt: november(11),
    lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 5 }],
  })
  expect(late.movements).toMatchObject([
    { type: 'incoming', quantity: 5, compensatesId: null },
    {
      type: 'adjustment',
      quantity: 5,
      fromLocationId: bin,
      toLocationId: null,
      compensatesId: late.movements[0]!.id,
    },
  ])
  expect(await operator.movements.get.query({ id: late.movements[1]!.id })).toMatchObject({
    checkLineId: line.id,
    compensatesId: late.movements[0]!.id,
    occurredAt: november(12),
    reason: 'Inventory check: A check',
  })
  expect(await onHand(operator, productId)).toBe(103)
  const asOf = async (day: number) => {
    const { items } = await operator.stock.asOf.query({ productId, at: november(day) })
    return items.map((level) => level.onHand)
  }
  expect([await asOf(10), await asOf(11), await asOf(12)]).toEqual([[98], [103], [103]])
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})
