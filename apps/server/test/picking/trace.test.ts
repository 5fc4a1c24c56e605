import { newCommandId } from '@stockbook/client'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct } from '../../src/testing/warehouse.ts'
import { refusal } from '../reservations/calls.ts'
import { stockLot } from './goods.ts'

test('a recalled lot is found where it lies and with everybody who got some of it', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [one, other] = await makeBins(admin, 2)
  const product = await makeProduct(admin, { tracking: 'lot' })
  const { id: productId } = product
  const lot = await stockLot(operator, { productId, code: 'L-1' }, one, 100)
  const otherLot = await stockLot(operator, { productId, code: 'L-2' }, one, 100)
  const customer = (code: string, name: string) =>
    admin.partners.create.mutate({ kind: 'customer', code, name, phone: `+7 ${code}` })
  const [zoe, anna] = [await customer('Z', 'Zoe'), await customer('A', 'Anna')]
  const goods = { productId, lotId: lot.id }
  const ship = (partnerId: string | null, quantity: number, lotId = lot.id) =>
    operator.movements.post.mutate({
      partnerId,
      reference: `order of ${quantity}`,
      lines: [{ type: 'outgoing', productId, lotId, quantity, fromLocationId: one }],
    })
  await ship(zoe.id, 10)
  await ship(anna.id, 20)
  await ship(null, 1)
  await ship(anna.id, 50, otherLot.id)
  const { movements } = await ship(anna.id, 7)
  await operator.movements.reverse.mutate({ movementIds: [movements[0]!.id], reason: 'came back' })
  await operator.movements.post.mutate({
    lines: [
      { type: 'transfer', ...goods, quantity: 30, fromLocationId: one, toLocationId: other },
      { type: 'adjustment', ...goods, quantity: 4, fromLocationId: other, reason: 'broken' },
    ],
  })

  const trace = await operator.lots.trace.query({ id: lot.id })
  expect(trace).toMatchObject({
    lot: { id: lot.id, code: 'L-1' },
    sku: product.sku,
    received: 100,
    shipped: 31,
    adjusted: -4,
    onHand: 65,
  })
  expect(trace.levels.map(({ locationId, onHand }) => [locationId, onHand]).sort()).toEqual(
    [
      [one, 39],
      [other, 26],
    ].sort(),
  )
  expect(trace.items.map((item) => [item.partnerName, item.phone, item.quantity])).toEqual([
    [null, null, 1],
    ['Anna', '+7 A', 20],
    ['Zoe', '+7 Z', 10],
  ])
  expect(trace.items[1]).toMatchObject({ partnerId: anna.id, reference: 'order of 20' })
})

test('a lot that never moved is nowhere; one that does not exist is not found', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const lot = await operator.lots.create.mutate({ productId, code: 'L' })
  expect(await operator.lots.trace.query({ id: lot.id })).toMatchObject({
    received: 0,
    shipped: 0,
    onHand: 0,
    levels: [],
    items: [],
    nextCursor: null,
  })
  expect(await refusal(operator.lots.trace.query({ id: newCommandId() }))).toMatchObject({
    code: 'NOT_FOUND',
  })
})
