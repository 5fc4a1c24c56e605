import { newCommandId, type StockbookClient } from '@stockbook/client'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { letRunOut, refusal } from '../reservations/calls.ts'
import { dayAfter, stockLot } from './goods.ts'

type Operator = StockbookClient<'operator'>
type Asked = Parameters<Operator['stock']['suggestPick']['query']>[0]

/** What was picked and passed over, as `LOT x quantity` and `LOT x quantity reason`. */
async function suggest(client: Operator, asked: Asked) {
  const { picks, leftOut, picked, short } = await client.stock.suggestPick.query(asked)
  return {
    picks: picks.map((one) => `${one.lotCode ?? one.locationCode} x ${one.quantity}`),
    leftOut: leftOut.map(
      (one) => `${one.lotCode ?? one.locationCode} x ${one.quantity} ${one.reason}`,
    ),
    picked,
    short,
  }
}

const today = new Date().toISOString().slice(0, 10)

test('lots that expire together go in the order in which they came, then by the picker’s way', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [early, late] = await makeBins(admin, 2)
  await admin.locations.update.mutate({ id: late, pickSequence: 20 })
  await admin.locations.update.mutate({ id: early, pickSequence: 10 })
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const expiresOn = dayAfter(today, 100)
  // Its row was made first, its goods came last.
  const b = await operator.lots.create.mutate({ productId, code: 'B', expiresOn })
  await stockLot(operator, { productId, code: 'A', expiresOn }, late, 5)
  await stockLot(operator, { productId, code: 'never', expiresOn: null }, early, 5)
  const line = { type: 'incoming' as const, productId, lotId: b.id }
  await operator.movements.post.mutate({
    lines: [
      { ...line, toLocationId: late, quantity: 2 },
      { ...line, toLocationId: early, quantity: 3 },
    ],
  })
  expect(await suggest(operator, { productId, quantity: 15 })).toEqual({
    picks: ['A x 5', 'B x 3', 'B x 2', 'never x 5'],
    leftOut: [],
    picked: 15,
    short: 0,
  })
})

test('goods without lots go by the picker’s way; bins without a place in it come last', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { id: parentId } = await makeLocation(admin, 'warehouse', null)
  const { id: productId } = await makeProduct(admin)
  for (const [code, pickSequence] of [
    ['C', null],
    ['B', 2],
    ['A', 7],
  ] as const) {
    const bin = await admin.locations.create.mutate({
      kind: 'bin',
      code,
      name: code,
      parentId,
      pickSequence,
    })
    await receive(operator, productId, bin.id, 10)
  }
  expect(await suggest(operator, { productId, quantity: 25 })).toMatchObject({
    picks: ['B x 10', 'A x 10', 'C x 5'],
  })
})

test('only goods of the asked-for place are picked, and only whole base units', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [here, there] = await makeBins(admin, 2)
  const product = await makeProduct(admin, { packagings: [{ name: 'case', factor: 5 }] })
  const { id: productId } = product
  await receive(operator, productId, here, 7)
  await receive(operator, productId, there, 100)
  const asked = { productId, locationId: here, packagingId: product.packagings[0]!.id }
  expect(await suggest(operator, { ...asked, quantity: '1.8' })).toMatchObject({
    picked: 7,
    short: 2,
  })
  expect(
    await refusal(operator.stock.suggestPick.query({ ...asked, quantity: '0.3' })),
  ).toMatchObject({ code: 'QUANTITY_NOT_WHOLE', detail: { baseUnits: '1.5' } })
})

test('the strictest wish for good days counts: the product’s, the customer’s or the asked-for', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot', minimumShelfLifeDays: 10 })
  const { id: partnerId } = await admin.partners.create.mutate({
    kind: 'customer',
    code: 'C',
    name: 'C',
    minimumShelfLifeDays: 20,
  })
  for (const days of [9, 10, 19, 20, 29, 30]) {
    const code = String(days)
    await stockLot(operator, { productId, code, expiresOn: dayAfter(today, days) }, bin, 1)
  }
  const asked = { productId, quantity: 1, on: today }
  expect(await suggest(operator, asked)).toMatchObject({
    picks: ['10 x 1'],
    leftOut: ['9 x 1 short_lived'],
  })
  expect(await suggest(operator, { ...asked, partnerId })).toMatchObject({ picks: ['20 x 1'] })
  expect(await suggest(operator, { ...asked, partnerId, minimumShelfLifeDays: 15 })).toMatchObject({
    picks: ['20 x 1'],
  })
  expect(await suggest(operator, { ...asked, partnerId, minimumShelfLifeDays: 30 })).toMatchObject({
    picks: ['30 x 1'],
  })
})

test('the last good day of a lot is a good day, the next is not', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  await stockLot(operator, { productId, code: 'L', expiresOn: '2027-02-28' }, bin, 4)
  const asked = { productId, quantity: 4 }
  expect(await suggest(operator, { ...asked, on: '2027-02-28' })).toMatchObject({ picked: 4 })
  expect(await suggest(operator, { ...asked, on: '2027-03-01' })).toEqual({
    picks: [],
    leftOut: ['L x 4 expired'],
    picked: 0,
    short: 4,
  })
})

test('what is held for others stays, what is held for oneself is picked', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin, other] = await makeBins(admin, 2)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const first = await stockLot(
    operator,
    { productId, code: 'first', expiresOn: dayAfter(today, 10) },
    bin,
    30,
  )
  await stockLot(operator, { productId, code: 'second', expiresOn: dayAfter(today, 20) }, bin, 50)
  const hold = { productId, locationId: bin }
  const { reservation } = await operator.reservations.hold.mutate({
    ...hold,
    lotId: first.id,
    quantity: 25,
  })
  // Any lot will do for it: it keeps nobody from the first to expire, as long as enough is left.
  const wide = await operator.reservations.hold.mutate({ ...hold, quantity: 20 })
  const asked = { productId, quantity: 40 }
  expect(await suggest(operator, asked)).toEqual({
    picks: ['first x 5', 'second x 30'],
    leftOut: ['first x 25 held', 'second x 20 held'],
    picked: 35,
    short: 5,
  })
  const own = { ...asked, reservationId: reservation.id }
  expect(await suggest(operator, { ...own, quantity: 25 })).toMatchObject({ picks: ['first x 25'] })
  expect(
    await suggest(operator, { ...asked, reservationId: wide.reservation.id, quantity: 20 }),
  ).toMatchObject({ picks: ['first x 5', 'second x 15'] })
  expect(await refusal(operator.stock.suggestPick.query({ ...own, quantity: 26 }))).toMatchObject({
    code: 'RESERVATION_EXCEEDED',
    detail: { open: 25, requested: 26 },
  })
  expect(await suggest(operator, { ...own, quantity: 1, locationId: other })).toMatchObject({
    picked: 0,
    short: 1,
  })
  await letRunOut(db, reservation.id)
  expect(await refusal(operator.stock.suggestPick.query(own))).toMatchObject({
    code: 'RESERVATION_EXPIRED',
  })
  await operator.reservations.release.mutate({ id: wide.reservation.id })
  expect(
    await refusal(
      operator.stock.suggestPick.query({ ...asked, reservationId: wide.reservation.id }),
    ),
  ).toMatchObject({ code: 'RESERVATION_CLOSED', detail: { status: 'released' } })
})

test('a suggestion names what does not exist, and writes nothing', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const { id: productId } = await makeProduct(admin)
  const { id: otherId } = await makeProduct(admin)
  const [bin] = await makeBins(admin, 1)
  await receive(operator, otherId, bin, 1)
  const held = await operator.reservations.hold.mutate({
    productId: otherId,
    locationId: bin,
    quantity: 1,
  })
  const contents = await databaseContents(db)
  const nobody = newCommandId()
  for (const [change, field] of [
    [{ productId: nobody }, 'productId'],
    [{ locationId: nobody }, 'locationId'],
    [{ packagingId: nobody }, 'packagingId'],
    [{ partnerId: nobody }, 'partnerId'],
    [{ reservationId: nobody }, 'reservationId'],
    [{ reservationId: held.reservation.id }, 'reservationId'],
  ] as const) {
    expect(
      await refusal(operator.stock.suggestPick.query({ productId, quantity: 1, ...change })),
    ).toMatchObject({ code: 'REFERENCE_NOT_FOUND', detail: { field } })
  }
  await suggest(operator, { productId, quantity: 1 })
  expect(await databaseContents(db)).toEqual(contents)
})
