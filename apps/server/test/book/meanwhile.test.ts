import type { StockbookClient } from '@stockbook/client'
import { expect, test } from 'vitest'
import { holdLevels, holdWrites } from '../../src/testing/holdTable.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'
import { count, openCheck, submitAndApprove } from '../checks/counting.ts'
import { refusal } from '../reservations/calls.ts'
import { expectSoundReservations } from '../reservations/soundReservations.ts'
import { signInRestricted } from '../warehouses/house.ts'

/*
 * What happens while a command waits for the levels of its goods. Levels are locked product by product,
 * in the order of their ids: held are those of the first, and what the command says of the second is
 * judged after that; or those of the second, and it waits with the first in its hands.
 */

type Operator = StockbookClient<'operator'>
type Line = Parameters<Operator['movements']['post']['mutate']>[0]['lines'][number]

/** Two products, in the order in which their levels are locked, and an empty bin beside one with ten of each. */
async function stock({ admin, operator }: TestServer) {
  const [bin, emptyBin] = await makeBins(admin, 2)
  const made = [await makeProduct(admin), await makeProduct(admin)]
  const [first, second] = made.map(({ id }) => id).toSorted() as [string, string]
  for (const productId of [first, second]) await receive(operator, productId, bin, 10)
  return { bin, emptyBin, first, second }
}

const outgoing = (productId: string, fromLocationId: string, quantity = 1): Line => ({
  type: 'outgoing',
  productId,
  fromLocationId,
  quantity,
})

const post = (client: Operator, lines: Line[], more: { occurredAt?: Date } = {}) =>
  client.movements.post.mutate({ ...more, lines })

test('what is held while somebody who ships it waits is not shipped', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const held = await holdLevels(databaseUrl, first)
  const shipping = refusal(post(operator, [outgoing(first, bin), outgoing(second, bin)]))
  await held.whenWaiting(1)
  await operator.reservations.hold.mutate({ productId: second, locationId: bin, quantity: 10 })
  await held.release()
  expect(await shipping).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId: second, available: 0, requested: 1, held: 10 },
  })
  expect(await onHand(operator, first)).toBe(10)
  await expectSoundReservations(server)
})

test('what somebody has in his hands who waits for other goods is not held by who comes after', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const held = await holdLevels(databaseUrl, second)
  const shipping = post(operator, [outgoing(first, bin), outgoing(second, bin)])
  await held.whenWaiting(1)
  const holding = refusal(
    operator.reservations.hold.mutate({ productId: first, locationId: bin, quantity: 10 }),
  )
  await held.whenWaiting(2)
  await held.release()
  await shipping
  expect(await holding).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId: first, available: 9, requested: 10 },
  })
  await expectSoundReservations(server)
})

test('what is released while somebody ships against it waits until that is done', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, first } = await stock(server)
  const { reservation } = await operator.reservations.hold.mutate({
    productId: first,
    locationId: bin,
    quantity: 10,
  })
  const held = await holdLevels(databaseUrl, first)
  const shipping = post(operator, [
    { ...outgoing(first, bin, 4), reservationId: reservation.id } as Line,
  ])
  await held.whenWaiting(1)
  const releasing = operator.reservations.release.mutate({ id: reservation.id })
  await held.whenWaiting(2)
  await held.release()
  await shipping
  expect((await releasing).reservation).toMatchObject({ shipped: 4, released: 6 })
  await expectSoundReservations(server)
})

/** What a reservation held of a product in a bin, all of it, has gone out. */
async function shipHeld(
  operator: Operator,
  goods: { productId: string; locationId: string },
  fromLocationId: string,
) {
  const { reservation } = await operator.reservations.hold.mutate({ ...goods, quantity: 10 })
  const line = outgoing(goods.productId, fromLocationId, 10)
  const { movements } = await post(operator, [{ ...line, reservationId: reservation.id } as Line])
  return { reservationId: reservation.id, movementIds: movements.map(({ id }) => id) }
}

test('what is taken back, and held again, while somebody who ships it waits is not shipped', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const goods = { productId: second, locationId: bin }
  const { movementIds, reservationId } = await shipHeld(operator, goods, bin)
  const held = await holdLevels(databaseUrl, first)
  const shipping = refusal(post(operator, [outgoing(first, bin), outgoing(second, bin)]))
  await held.whenWaiting(1)
  await operator.movements.reverse.mutate({ movementIds, reason: 'the wrong door' })
  await held.release()
  expect(await shipping).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId: second, available: 0, requested: 1, held: 10 },
  })
  expect(await operator.reservations.get.query({ id: reservationId })).toMatchObject({ open: 10 })
  await expectSoundReservations(server)
})

test('who takes back what is held again waits for who has other goods of it in his hands, wherever they lie', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const { id: warehouse } = await makeLocation(admin, 'warehouse', null)
  const one = await makeLocation(admin, 'bin', warehouse)
  const other = await makeLocation(admin, 'bin', warehouse)
  const { bin, first, second } = await stock(server)
  for (const { id } of [one, other]) await receive(operator, first, id, 10)
  const goods = { productId: first, locationId: warehouse }
  const { movementIds, reservationId } = await shipHeld(operator, goods, one.id)
  const held = await holdLevels(databaseUrl, second)
  const shipping = post(operator, [outgoing(first, other.id, 10), outgoing(second, bin)])
  await held.whenWaiting(1)
  const takingBack = operator.movements.reverse.mutate({ movementIds, reason: 'the wrong door' })
  await held.whenWaiting(2)
  await held.release()
  await Promise.all([shipping, takingBack])
  expect(await operator.reservations.get.query({ id: reservationId })).toMatchObject({
    open: 10,
    short: 0,
  })
  await expectSoundReservations(server)
})

test('what comes to a place for the first time while somebody who takes it from there waits, is taken', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, emptyBin, first, second } = await stock(server)
  const held = await holdLevels(databaseUrl, first)
  const shipping = post(operator, [outgoing(first, bin), outgoing(second, emptyBin, 7)])
  await held.whenWaiting(1)
  const { movements: received } = await receive(operator, second, emptyBin, 7)
  await held.release()
  const { movements, occurredAt } = await shipping
  expect(Math.min(...movements.map(({ id }) => id))).toBeGreaterThan(received[0]!.id)
  expect(await onHand(operator, second, emptyBin)).toBe(0)
  const { items } = await operator.stock.history.query({ productId: second, locationId: emptyBin })
  expect(items.map(({ onHandAfter }) => onHandAfter)).toEqual([0, 7])
  expect(items[0]!.occurredAt).toEqual(occurredAt)
  await expectSoundBook(server)
})

test('what comes to a place for the first time and is held there, while somebody who takes it waits, is not taken', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, emptyBin, first, second } = await stock(server)
  const held = await holdLevels(databaseUrl, first)
  const shipping = refusal(post(operator, [outgoing(first, bin), outgoing(second, emptyBin, 7)]))
  await held.whenWaiting(1)
  await receive(operator, second, emptyBin, 7)
  await operator.reservations.hold.mutate({ productId: second, locationId: emptyBin, quantity: 3 })
  await held.release()
  expect(await shipping).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId: second, locationId: emptyBin, available: 4, requested: 7, held: 3 },
  })
  await expectSoundReservations(server)
  await expectSoundBook(server)
})

test('a book that is closed while a command of an earlier day waits refuses it, and remembers that', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const { bin, first } = await stock(server)
  const closedBefore = new Date(Date.UTC(2026, 2, 10))
  const commandId = '7d4c1a2e-5b60-4f7a-9c35-0d0f5f8a1b11'
  const incoming = { type: 'incoming', productId: first, toLocationId: bin, quantity: 1 } as const
  const occurredAt = new Date(closedBefore.getTime() - 1)
  const command = { commandId, occurredAt, lines: [incoming] }
  const held = await holdLevels(databaseUrl, first)
  const posting = refusal(operator.movements.post.mutate(command))
  await held.whenWaiting(1)
  await admin.stock.close.mutate({ closedBefore, reason: 'year end' })
  await held.release()
  const told = { code: 'PERIOD_CLOSED', detail: { closedBefore: closedBefore.toISOString() } }
  expect(await posting).toMatchObject(told)
  await admin.stock.close.mutate({ closedBefore: occurredAt, reason: 'open again' })
  expect(await refusal(operator.movements.post.mutate(command))).toMatchObject({
    ...told,
    detail: { ...told.detail, replayed: true },
  })
  expect(await onHand(operator, first)).toBe(10)
})

test('who archives a product waits for what is being done with it', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const { id: empty } = await makeProduct(admin)
  const held = await holdLevels(databaseUrl, first)
  const posting = post(operator, [
    outgoing(first, bin),
    outgoing(second, bin, 10),
    { type: 'incoming', productId: empty, toLocationId: bin, quantity: 1 },
  ])
  await held.whenWaiting(1)
  const archivingEmpty = refusal(admin.products.archive.mutate({ id: empty }))
  await held.whenWaiting(2)
  const archivingSecond = admin.products.archive.mutate({ id: second })
  await held.whenWaiting(3)
  await held.release()
  await posting
  expect(await archivingEmpty).toMatchObject({ code: 'IN_USE', detail: { id: empty } })
  expect((await archivingSecond).archivedAt).not.toBeNull()
  await expectSoundBook(server)
})

test.each([
  ['is posted', 1, 'none'],
  ['is refused', 1_000, 'lot'],
] as const)(
  'who changes how a product is tracked waits for its first movement: when that %s, it is tracked as before or anew',
  async (_, shipped, tracking) => {
    await using server = await startTestServer()
    const { admin, operator, databaseUrl } = server
    const { bin, first } = await stock(server)
    const { id: unmoved } = await makeProduct(admin)
    const held = await holdLevels(databaseUrl, first)
    const posting = post(operator, [
      outgoing(first, bin, shipped),
      { type: 'incoming', productId: unmoved, toLocationId: bin, quantity: 1 },
    ]).catch(() => {})
    await held.whenWaiting(1)
    const changing = admin.products.update
      .mutate({ id: unmoved, tracking: 'lot' })
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'IN_USE' }))
    await held.whenWaiting(2)
    await held.release()
    await Promise.all([posting, changing])
    expect(await operator.products.get.query({ id: unmoved })).toMatchObject({ tracking })
    await expectSoundBook(server)
  },
)

test('a bin that leaves the warehouse of who ships from it while he waits is not shipped from by him', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const { bin, first } = await stock(server)
  const { parentId: warehouse } = await operator.locations.get.query({ id: bin })
  const { id: otherWarehouse } = await makeLocation(admin, 'warehouse', null)
  const { client } = await signInRestricted(server, [warehouse!])
  const held = await holdLevels(databaseUrl, first)
  const shipping = refusal(post(client, [outgoing(first, bin)]))
  await held.whenWaiting(1)
  await admin.locations.update.mutate({ id: bin, parentId: otherWarehouse })
  await held.release()
  expect(await shipping).toMatchObject({ code: 'OUTSIDE_WAREHOUSES', detail: { locationId: bin } })
  expect(await onHand(operator, first)).toBe(10)
})

/** Ten of a lot, and ten of another product: whose levels are locked before or after those of the lot. */
async function stockLot({ admin, operator }: TestServer, other: 'before' | 'after') {
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, productId)
  const [bin, emptyBin] = await makeBins(admin, 2)
  let otherId: string
  do otherId = (await makeProduct(admin)).id
  while (otherId < productId !== (other === 'before'))
  const goods = { productId, lotId: lot.id, quantity: 10 }
  await post(operator, [{ type: 'incoming', ...goods, toLocationId: bin }])
  await receive(operator, otherId, bin, 10)
  return { lot, otherId, bin, emptyBin, goods }
}

test('a lot that is recalled while somebody who ships it waits is not shipped', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { lot, otherId, bin, goods } = await stockLot(server, 'before')
  const held = await holdLevels(databaseUrl, otherId)
  const shipping = refusal(
    post(operator, [
      outgoing(otherId, bin),
      { type: 'outgoing', ...goods, quantity: 4, fromLocationId: bin },
    ]),
  )
  await held.whenWaiting(1)
  await operator.lots.update.mutate({ id: lot.id, status: 'recalled' })
  await held.release()
  expect(await shipping).toMatchObject({
    code: 'LOT_NOT_AVAILABLE',
    detail: { lotId: lot.id, status: 'recalled' },
  })
  expect(await onHand(operator, goods.productId)).toBe(10)
})

test('who recalls a lot waits for those who have it in their hands, and then knows where it went', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { lot, otherId, bin, goods } = await stockLot(server, 'after')
  const held = await holdLevels(databaseUrl, otherId)
  const shipping = post(operator, [
    outgoing(otherId, bin),
    { type: 'outgoing', ...goods, quantity: 4, fromLocationId: bin },
  ])
  await held.whenWaiting(1)
  const recalling = operator.lots.update
    .mutate({ id: lot.id, status: 'recalled' })
    .then(() => onHand(operator, goods.productId))
  await held.whenWaiting(2)
  await held.release()
  await shipping
  expect(await recalling).toBe(6)
})

test('a lot that comes to a place for the first time and is recalled, while somebody who ships it waits, is not shipped', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { lot, otherId, bin, emptyBin, goods } = await stockLot(server, 'before')
  const held = await holdLevels(databaseUrl, otherId)
  const shipping = refusal(
    post(operator, [
      outgoing(otherId, bin),
      { type: 'outgoing', ...goods, quantity: 4, fromLocationId: emptyBin },
    ]),
  )
  await held.whenWaiting(1)
  await post(operator, [{ type: 'incoming', ...goods, toLocationId: emptyBin }])
  await operator.lots.update.mutate({ id: lot.id, status: 'hold' })
  await held.release()
  expect(await shipping).toMatchObject({
    code: 'LOT_NOT_AVAILABLE',
    detail: { lotId: lot.id, status: 'hold' },
  })
  await expectSoundBook(server)
})

test('who counts goods waits for who is moving them, and expects what that one leaves', async () => {
  await using server = await startTestServer()
  const { operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const { id } = await openCheck(server)
  const held = await holdWrites(databaseUrl, 'stock_movements')
  const shipping = post(operator, [outgoing(first, bin, 4)])
  await held.whenWaiting(1)
  expect(await count(operator, id, second, 10)).toMatchObject({ expected: 10, variance: 0 })
  const moved = count(operator, id, first, 5)
  await held.whenWaiting(2)
  await held.release()
  await shipping
  expect(await moved).toMatchObject({ expected: 6, variance: -1 })
  await submitAndApprove(server, id)
  expect(await onHand(operator, first)).toBe(5)
  await expectSoundBook(server)
})

test('a check that is approved while goods that it found missing are shipped waits, and is refused when they are not there any more', async () => {
  await using server = await startTestServer()
  const { admin, operator, databaseUrl } = server
  const { bin, first, second } = await stock(server)
  const { id } = await openCheck(server)
  await count(operator, id, first, 3)
  await count(operator, id, second, 9)
  await operator.checks.submit.mutate({ id })
  const held = await holdWrites(databaseUrl, 'stock_movements')
  const shipping = post(operator, [outgoing(first, bin, 4)])
  await held.whenWaiting(1)
  const approving = refusal(admin.checks.approve.mutate({ id }))
  await held.whenWaiting(2)
  await held.release()
  await shipping
  expect(await approving).toMatchObject({
    code: 'INSUFFICIENT_STOCK_IN_PAST',
    detail: { productId: first, shortfall: 1 },
  })
  expect(await onHand(operator, first)).toBe(6)
  expect(await onHand(operator, second)).toBe(10)
  expect(await operator.checks.get.query({ id })).toMatchObject({ status: 'review' })
  await expectSoundBook(server)
})
