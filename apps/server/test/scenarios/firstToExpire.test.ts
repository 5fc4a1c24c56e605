import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct } from '../../src/testing/warehouse.ts'
import { stockLot } from '../picking/goods.ts'

test('the first to expire goes first, and what may not go is left with its reason', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const on = '2026-11-25'
  const lots = {
    L1: { expiresOn: '2026-12-10', quantity: 30, status: 'available' },
    L2: { expiresOn: '2027-03-01', quantity: 50, status: 'available' },
    L3: { expiresOn: '2026-11-20', quantity: 12, status: 'available' },
    L4: { expiresOn: '2026-12-05', quantity: 20, status: 'hold' },
  } as const
  for (const [code, { quantity, ...fields }] of Object.entries(lots)) {
    await stockLot(operator, { productId, code, ...fields }, bin, quantity)
  }
  const ask = async (quantity: number, more: object = {}) => {
    const answer = await operator.stock.suggestPick.query({ productId, quantity, on, ...more })
    return {
      picks: Object.fromEntries(answer.picks.map((one) => [one.lotCode, one.quantity])),
      short: answer.short,
      leftOut: Object.fromEntries(answer.leftOut.map((one) => [one.reason, one.quantity])),
    }
  }
  const passedOver = { expired: 12, hold: 20 }
  expect(await ask(40)).toEqual({ picks: { L1: 30, L2: 10 }, short: 0, leftOut: passedOver })
  expect(await ask(90)).toEqual({ picks: { L1: 30, L2: 50 }, short: 10, leftOut: passedOver })

  const { id: partnerId } = await admin.partners.create.mutate({
    kind: 'customer',
    code: 'C',
    name: 'Customer',
    minimumShelfLifeDays: 30,
  })
  expect(await ask(40, { partnerId })).toEqual({
    picks: { L2: 40 },
    short: 0,
    leftOut: { ...passedOver, short_lived: 30 },
  })
})
