import { mostBaseUnits } from '@stockbook/client/contract'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLot, makeProduct } from '../../src/testing/warehouse.ts'

test('wrong entries, however many and however large, leave every sum over movements readable', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, {
    tracking: 'lot',
    unitCost: '9999999999.9999',
  })
  const { id: lotId } = await makeLot(operator, productId)
  const goods = { productId, lotId, quantity: mostBaseUnits } as const
  const inAndOut = Array.from({ length: 5_000 }, () => [
    { ...goods, type: 'incoming' as const, toLocationId: bin },
    { ...goods, type: 'outgoing' as const, fromLocationId: bin },
  ]).flat()
  const from = new Date()
  for (let turn = 0; turn < 2; turn++) {
    await operator.movements.post.mutate({ lines: inAndOut })
  }
  await operator.movements.post.mutate({
    lines: [{ ...goods, quantity: 7, type: 'incoming', toLocationId: bin }],
  })
  const before = new Date(Date.now() + 60_000)
  const sum = 10_000 * mostBaseUnits
  expect(sum).toBeGreaterThan(Number.MAX_SAFE_INTEGER)

  const period = { from, before, by: 'month' } as const
  const { items } = await operator.reports.movementSummary.query(period)
  expect(items.reduce((total, { incoming }) => total + incoming, 0)).toBe(sum + 7)
  expect(items.reduce((total, { outgoing }) => total + outgoing, 0)).toBe(sum)
  const abc = await admin.reports.abc.query({ from, before })
  expect(abc.items).toMatchObject([{ units: sum, turnover: '99999999999999000000000000' }])
  const file = await admin.reports.abc.csv({ from, before })
  expect(await file.text()).toContain(`,${sum},99999999999999000000000000,`)
  expect(await operator.lots.trace.query({ id: lotId })).toMatchObject({
    received: sum + 7,
    shipped: sum,
    onHand: 7,
  })
  await expectSoundBook(server)
})
