import { newCommandId, type StockbookClient } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'
import { letRunOut, receiveLot, refusal } from './calls.ts'

type Operator = StockbookClient<'operator'>
type Line = Exclude<
  Parameters<Operator['movements']['post']['mutate']>[0]['lines'][number],
  { type: 'reversal' }
>

const post = (client: Operator, ...lines: Line[]) => client.movements.post.mutate({ lines })

/** A warehouse with two bins, a product, and so much of it in each bin. */
async function stockTwoBins(
  { admin, operator }: { admin: StockbookClient<'admin'>; operator: Operator },
  [inOne, inOther]: [number, number],
) {
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const one = await makeLocation(admin, 'bin', warehouse.id)
  const other = await makeLocation(admin, 'bin', warehouse.id)
  const { id: productId } = await makeProduct(admin)
  if (inOne > 0) await receive(operator, productId, one.id, inOne)
  if (inOther > 0) await receive(operator, productId, other.id, inOther)
  const hold = async (locationId: string, quantity: number) => {
    const input = { productId, locationId, quantity }
    return (await operator.reservations.hold.mutate(input)).reservation
  }
  const out = (quantity: number, reservationId: string | null, fromLocationId = one.id): Line => ({
    type: 'outgoing',
    productId,
    fromLocationId,
    quantity,
    reservationId,
  })
  return { productId, warehouse: warehouse.id, one: one.id, other: other.id, hold, out }
}

test('what is held goes out only against its reservation, and the refusal says how much is free', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, one, hold, out } = await stockTwoBins(server, [10, 0])
  const { id } = await hold(one, 6)
  expect(await refusal(post(operator, out(5, null)))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId, locationId: one, available: 4, requested: 5, held: 6 },
  })
  await post(operator, out(4, null))
  expect(await refusal(post(operator, out(1, null)))).toMatchObject({
    detail: { available: 0, requested: 1, held: 6 },
  })
  await post(operator, out(6, id))
  expect(await operator.reservations.get.query({ id })).toMatchObject({
    status: 'shipped',
    shipped: 6,
    open: 0,
  })
  expect(await onHand(operator, productId)).toBe(0)
  await expectSoundBook(server)
})

test('what is held in a bin is not moved out of it; what a warehouse holds moves within it', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, warehouse, one, other, hold } = await stockTwoBins(server, [10, 0])
  const [outside] = await makeBins(server.admin, 1)
  const move = (fromLocationId: string, toLocationId: string, quantity: number) =>
    post(operator, { type: 'transfer', productId, fromLocationId, toLocationId, quantity })
  await hold(one, 3)
  await hold(warehouse, 4)
  expect(await refusal(move(one, other, 8))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 7, requested: 8, held: 3 },
  })
  await move(one, other, 7)
  expect(await refusal(move(other, outside, 4))).toMatchObject({
    detail: { locationId: other, available: 3, requested: 4, held: 4 },
  })
  await move(other, outside, 3)
  await move(other, one, 4)
  expect(await refusal(move(one, other, 5))).toMatchObject({ detail: { available: 4, held: 3 } })
})

test('more than is open is not shipped, also in several lines or commands of one moment', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { one, other, warehouse, hold, out } = await stockTwoBins(server, [10, 10])
  const { id } = await hold(warehouse, 6)
  expect(await refusal(post(operator, out(4, id), out(3, id, other)))).toMatchObject({
    code: 'RESERVATION_EXCEEDED',
    detail: { line: 1, reservationId: id, open: 6, requested: 7 },
  })
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => post(operator, out(1, id, one))),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  expect(await refusal(post(operator, out(1, id)))).toMatchObject({
    code: 'RESERVATION_CLOSED',
    detail: { line: 0, reservationId: id, status: 'shipped' },
  })
  expect(await operator.reservations.get.query({ id })).toMatchObject({ shipped: 6 })
  await expectSoundBook(server)
})

test('a shipment against what does not exist or is of other goods is a fault that is not remembered', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const { productId, one, other, hold, out } = await stockTwoBins(server, [10, 10])
  const { id } = await hold(one, 6)
  const { id: another } = await makeProduct(admin)
  await receive(operator, another, one, 5)
  const contents = await databaseContents(db)
  const commandId = newCommandId()
  const nobody = newCommandId()
  expect(
    await refusal(operator.movements.post.mutate({ commandId, lines: [out(1, nobody)] })),
  ).toMatchObject({
    code: 'REFERENCE_NOT_FOUND',
    detail: { line: 0, field: 'reservationId', value: nobody },
  })
  for (const [line, message] of [
    [{ ...out(1, id), productId: another }, 'holds goods of another product'],
    [out(1, id, other), 'holds goods of another place'],
  ] as const) {
    expect(
      await refusal(operator.movements.post.mutate({ commandId, lines: [line] })),
    ).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { issues: [{ path: ['lines', 0, 'reservationId'], message }] },
    })
  }
  expect(await databaseContents(db)).toEqual(contents)
  await operator.movements.post.mutate({ commandId, lines: [out(1, id)] })
  expect(await onHand(operator, productId, one)).toBe(9)
})

test('a reservation of one lot is not shipped from another', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const [red, blue] = [await makeLot(operator, productId), await makeLot(operator, productId)]
  await receiveLot(operator, red, bin, 5)
  await receiveLot(operator, blue, bin, 5)
  const { reservation } = await operator.reservations.hold.mutate({
    productId,
    locationId: bin,
    lotId: red.id,
    quantity: 3,
  })
  const out = (lotId: string, quantity: number, reservationId: string | null): Line => ({
    type: 'outgoing',
    productId,
    lotId,
    fromLocationId: bin,
    quantity,
    reservationId,
  })
  expect(await refusal(post(operator, out(blue.id, 1, reservation.id)))).toMatchObject({
    code: 'INVALID_INPUT',
    detail: { issues: [{ message: 'holds goods of another lot' }] },
  })
  expect(await refusal(post(operator, out(red.id, 3, null)))).toMatchObject({
    detail: { lotId: red.id, available: 2, requested: 3, held: 3 },
  })
  await post(operator, out(blue.id, 5, null), out(red.id, 2, null), out(red.id, 3, reservation.id))
})

test('refused shipments are remembered: the same id stays refused after the goods are free', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { one, hold, out } = await stockTwoBins(server, [10, 0])
  const { id } = await hold(one, 10)
  const command = { commandId: newCommandId(), lines: [out(1, null)] }
  await refusal(operator.movements.post.mutate(command))
  await operator.reservations.release.mutate({ id })
  expect(await refusal(operator.movements.post.mutate(command))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 0, held: 10, replayed: true },
  })
  expect(await db.$count(commands, eq(commands.outcome, 'refused'))).toBe(1)
  await operator.movements.post.mutate({ ...command, commandId: newCommandId() })
})

test('the same shipment again ships once', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { one, hold, out } = await stockTwoBins(server, [10, 0])
  const { id } = await hold(one, 6)
  const command = { commandId: newCommandId(), lines: [out(4, id)] }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => operator.movements.post.mutate(command)),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await operator.reservations.get.query({ id })).toMatchObject({ shipped: 4, open: 2 })
  expect(await db.$count(stockMovements, eq(stockMovements.reservationId, id))).toBe(1)
})

test('corrections and losses take what is held, and leave the latest holder short until goods come', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, one, hold } = await stockTwoBins(server, [10, 0])
  const [early, late] = [await hold(one, 4), await hold(one, 5)]
  const status = async ({ id }: { id: string }) => {
    const { status, short } = await operator.reservations.get.query({ id })
    return [status, short]
  }
  await post(operator, {
    type: 'adjustment',
    productId,
    fromLocationId: one,
    quantity: 7,
    reason: 'water',
  })
  expect([await status(early), await status(late)]).toEqual([
    ['short', 1],
    ['short', 5],
  ])
  const { movements } = await receive(operator, productId, one, 3)
  expect([await status(early), await status(late)]).toEqual([
    ['held', 0],
    ['short', 3],
  ])
  await operator.movements.reverse.mutate({ movementIds: [movements[0]!.id], reason: 'miscounted' })
  expect([await status(early), await status(late)]).toEqual([
    ['short', 1],
    ['short', 5],
  ])
  await operator.reservations.release.mutate({ id: early.id })
  expect([await status(early), await status(late)]).toEqual([
    ['released', 0],
    ['short', 2],
  ])
  await expectSoundBook(server)
})

test('goods that come in and go out in one command concern nobody who is short', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, one, hold, out } = await stockTwoBins(server, [5, 0])
  const { id } = await hold(one, 5)
  await post(operator, {
    type: 'adjustment',
    productId,
    fromLocationId: one,
    quantity: 2,
    reason: 'lost',
  })
  await post(
    operator,
    { type: 'incoming', productId, toLocationId: one, quantity: 8 },
    out(8, null),
  )
  expect(await operator.reservations.get.query({ id })).toMatchObject({ short: 2 })
  expect(
    await refusal(
      post(operator, { type: 'incoming', productId, toLocationId: one, quantity: 1 }, out(2, null)),
    ),
  ).toMatchObject({ detail: { available: 1, requested: 2, held: 3 } })
})

test('a lot that is recalled may be moved away from who holds it', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin, quarantine] = await makeBins(admin, 2)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, productId)
  await receiveLot(operator, lot, bin, 5)
  const { reservation } = await operator.reservations.hold.mutate({
    productId,
    locationId: bin,
    quantity: 5,
  })
  await operator.lots.update.mutate({ id: lot.id, status: 'recalled' })
  await post(operator, {
    type: 'transfer',
    productId,
    lotId: lot.id,
    fromLocationId: bin,
    toLocationId: quarantine,
    quantity: 5,
  })
  expect(await operator.reservations.get.query({ id: reservation.id })).toMatchObject({
    status: 'short',
    short: 5,
  })
})

test('a reservation that has run out keeps nobody from the goods, even before that is written down', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { productId, one, out } = await stockTwoBins(server, [10, 0])
  const { reservation } = await operator.reservations.hold.mutate({
    productId,
    locationId: one,
    quantity: 10,
    expiresInMinutes: 5,
  })
  await letRunOut(db, reservation.id)
  expect(await refusal(post(operator, out(1, reservation.id)))).toMatchObject({
    code: 'RESERVATION_EXPIRED',
  })
  await post(operator, out(10, null))
})
