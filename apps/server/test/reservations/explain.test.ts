import { newCommandId } from '@stockbook/client'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeLot, makeProduct } from '../../src/testing/warehouse.ts'
import { letRunOut, receiveLot, refusal } from './calls.ts'

test('a person sees why so much is available: here, further out, of which lot, for whom', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const bin = await makeLocation(admin, 'bin', warehouse.id)
  const other = await makeLocation(admin, 'bin', warehouse.id)
  const product = await makeProduct(admin, { tracking: 'lot' })
  const { id: productId } = product
  const customer = await admin.partners.create.mutate({ kind: 'customer', code: 'C', name: 'Café' })
  const [good, held, recalled, old] = [
    await makeLot(operator, productId),
    await makeLot(operator, productId),
    await makeLot(operator, productId),
    await makeLot(operator, productId),
  ]
  await operator.lots.update.mutate({ id: held.id, status: 'hold' })
  await operator.lots.update.mutate({ id: recalled.id, status: 'recalled' })
  await operator.lots.update.mutate({ id: old.id, expiresOn: '2026-01-01' })
  await receiveLot(operator, good, bin.id, 10)
  await receiveLot(operator, good, other.id, 4)
  await receiveLot(operator, held, bin.id, 3)
  await receiveLot(operator, recalled, bin.id, 2)
  await receiveLot(operator, old, bin.id, 1)
  const hold = (locationId: string, quantity: number, more: object = {}) =>
    operator.reservations.hold.mutate({ productId, locationId, quantity, ...more })
  const { reservation: narrow } = await hold(bin.id, 5, {
    partnerId: customer.id,
    reference: 'order 1',
  })
  const { reservation: wide } = await hold(warehouse.id, 6)
  const { reservation: over } = await hold(bin.id, 1)
  await letRunOut(db, over.id)

  expect(await operator.stock.explain.query({ productId, locationId: bin.id })).toMatchObject({
    sku: product.sku,
    onHand: 16,
    unavailable: { hold: 3, recalled: 2, expired: 1 },
    held: 5,
    short: 0,
    // The warehouse needs six: four can come from the other bin.
    heldFurtherOut: 2,
    available: 3,
    reservations: [
      {
        id: narrow.id,
        locationCode: bin.code,
        open: 5,
        short: 0,
        isInside: true,
        partnerName: 'Café',
        reference: 'order 1',
      },
      { id: wide.id, locationCode: warehouse.code, open: 6, isInside: false, partnerName: null },
    ],
    levels: [
      { lotCode: good.code, onHand: 10, unavailable: null, available: 3 },
      { lotCode: held.code, onHand: 3, unavailable: 'hold', available: 0 },
      { lotCode: recalled.code, onHand: 2, unavailable: 'recalled', available: 0 },
      { lotCode: old.code, onHand: 1, unavailable: 'expired', available: 0 },
    ],
  })
  expect(await operator.stock.explain.query({ productId })).toMatchObject({
    onHand: 20,
    unavailable: { hold: 3, recalled: 2, expired: 1 },
    held: 11,
    short: 0,
    heldFurtherOut: 0,
    available: 3,
  })
  expect(
    await operator.stock.explain.query({ productId, locationId: other.id, lotId: good.id }),
  ).toMatchObject({ onHand: 4, held: 0, heldFurtherOut: 1, available: 3 })
  expect(await operator.stock.explain.query({ productId, lotId: held.id })).toMatchObject({
    onHand: 3,
    unavailable: { hold: 3, recalled: 0, expired: 0 },
    held: 0,
    available: 0,
  })
})

test('what was held and is then put on hold is told as short, and nothing is below zero', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const bin = await makeLocation(admin, 'bin', warehouse.id)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const [one, other] = [await makeLot(operator, productId), await makeLot(operator, productId)]
  await receiveLot(operator, one, bin.id, 5)
  await receiveLot(operator, other, bin.id, 5)
  const hold = { productId, locationId: warehouse.id, quantity: 4 }
  await operator.reservations.hold.mutate(hold)
  await operator.reservations.hold.mutate(hold)
  await operator.lots.update.mutate({ id: one.id, status: 'recalled' })
  expect(await operator.stock.explain.query({ productId })).toMatchObject({
    onHand: 10,
    unavailable: { recalled: 5 },
    held: 8,
    short: 3,
    heldFurtherOut: 0,
    available: 0,
    reservations: [{ short: 0 }, { short: 3 }],
  })
})

test('nothing on hand and nobody who holds is an answer too; what does not exist is not', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { id: productId } = await makeProduct(admin)
  const warehouse = await makeLocation(admin, 'warehouse', null)
  expect(await operator.stock.explain.query({ productId, locationId: warehouse.id })).toMatchObject(
    { onHand: 0, held: 0, available: 0, reservations: [], levels: [] },
  )
  const lot = await makeLot(operator, (await makeProduct(admin, { tracking: 'lot' })).id)
  const nobody = newCommandId()
  for (const [input, code] of [
    [{ productId: nobody }, 'NOT_FOUND'],
    [{ productId, locationId: nobody }, 'NOT_FOUND'],
    [{ productId, lotId: nobody }, 'NOT_FOUND'],
    [{ productId, lotId: lot.id }, 'LOT_NOT_ALLOWED'],
  ] as const) {
    expect((await refusal(operator.stock.explain.query(input))).code).toBe(code)
  }
})
