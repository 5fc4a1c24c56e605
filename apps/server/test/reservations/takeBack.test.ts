import type { StockbookClient } from '@stockbook/client'
import { expect, test } from 'vitest'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { letRunOut, refusal, refusalCodes, times } from './calls.ts'
import { expectSoundReservations } from './soundReservations.ts'

type Operator = StockbookClient<'operator'>

/** A warehouse with bins, and ten of a product in each. */
async function stockBins({ admin, operator }: TestServer, count = 2) {
  const { id: warehouse } = await makeLocation(admin, 'warehouse', null)
  const bins: string[] = []
  const { id: productId } = await makeProduct(admin)
  for (let index = 0; index < count; index++) {
    const { id } = await makeLocation(admin, 'bin', warehouse)
    bins.push(id)
    await receive(operator, productId, id, 10)
  }
  const out = (quantity: number, fromLocationId: string, reservationId: string | null = null) => ({
    type: 'outgoing' as const,
    productId,
    fromLocationId,
    quantity,
    reservationId,
  })
  const ship = async (client: Operator, ...line: Parameters<typeof out>) => {
    const { movements } = await client.movements.post.mutate({ lines: [out(...line)] })
    return movements[0]!.id
  }
  const hold = async (quantity: number, locationId = warehouse) => {
    const input = { productId, locationId, quantity }
    return (await operator.reservations.hold.mutate(input)).reservation.id
  }
  return { productId, warehouse, bins, out, ship, hold }
}

const takeBack = (client: Operator, ...movementIds: number[]) =>
  client.movements.reverse.mutate({ movementIds, reason: 'the wrong door' })

test('what was shipped and is taken back is held again, nobody else gets it, and the history tells', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { bins, ship, hold } = await stockBins(server, 1)
  const [bin] = bins as [string]
  const id = await hold(10)
  const first = await ship(operator, 6, bin, id)
  const second = await ship(operator, 4, bin, id)
  await takeBack(operator, first)
  expect(await refusal(ship(operator, 1, bin))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 0, requested: 1, held: 6 },
  })
  expect(await operator.reservations.get.query({ id })).toMatchObject({
    status: 'partly_shipped',
    shipped: 4,
    open: 6,
    short: 0,
    changes: [
      { kind: 'held', quantity: 10 },
      { kind: 'shipped', quantity: 6 },
      { kind: 'shipped', quantity: 4 },
      { kind: 'reversed', quantity: 6, actorName: expect.any(String) },
    ],
  })
  await takeBack(operator, second)
  expect(await operator.reservations.get.query({ id })).toMatchObject({ status: 'held', open: 10 })
  expect(await refusal(takeBack(operator, second))).toMatchObject({ code: 'ALREADY_REVERSED' })
  expect(await operator.reservations.get.query({ id })).toMatchObject({ shipped: 0, open: 10 })
  await ship(operator, 10, bin, id)
  expect(await operator.reservations.get.query({ id })).toMatchObject({ status: 'shipped' })
  await expectSoundReservations(server)
  await expectSoundBook(server)
})

test('what was given back or has run out meanwhile stays ended, and the goods are free', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { bins, ship, hold } = await stockBins(server, 1)
  const [bin] = bins as [string]
  const released = await hold(4)
  const ranOut = await hold(4)
  const shipped = [await ship(operator, 3, bin, released), await ship(operator, 4, bin, ranOut)]
  await operator.reservations.release.mutate({ id: released })
  await letRunOut(db, ranOut)
  await takeBack(operator, ...shipped)
  expect(await operator.reservations.get.query({ id: released })).toMatchObject({
    status: 'released',
    shipped: 3,
    open: 0,
  })
  expect(await operator.reservations.get.query({ id: ranOut })).toMatchObject({
    status: 'shipped',
    shipped: 4,
  })
  await ship(operator, 10, bin)
  await expectSoundReservations(server)
})

test('one command takes a shipment back and ships anew against the same reservation, but not what is held again', async () => {
  await using server = await startTestServer()
  const { operator, productId, bins, out, ship, hold } = await (async () => {
    return { operator: server.operator, ...(await stockBins(server, 1)) }
  })()
  const [bin] = bins as [string]
  const id = await hold(10)
  const movementId = await ship(operator, 10, bin, id)
  const reversal = { type: 'reversal' as const, movementId }
  const post = (...lines: Parameters<Operator['movements']['post']['mutate']>[0]['lines']) =>
    operator.movements.post.mutate({ lines })
  expect(await refusal(post(reversal, out(1, bin)))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 0, requested: 1 },
  })
  expect(await refusal(post(reversal, out(11, bin, id)))).toMatchObject({
    code: 'RESERVATION_EXCEEDED',
    detail: { open: 10, requested: 11 },
  })
  await post(reversal, out(7, bin, id))
  expect(await operator.reservations.get.query({ id })).toMatchObject({ shipped: 7, open: 3 })
  expect(await onHand(operator, productId)).toBe(3)
  await expectSoundReservations(server)
})

test('goods come back to who holds first: an earlier one that is short has them, and the later one says so', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, bins, ship, hold } = await stockBins(server, 1)
  const [bin] = bins as [string]
  const early = await hold(5)
  const late = await hold(5)
  const shipped = await ship(operator, 5, bin, late)
  await operator.movements.post.mutate({
    lines: [{ type: 'adjustment', productId, fromLocationId: bin, quantity: 2, reason: 'water' }],
  })
  await takeBack(operator, shipped)
  const short = async (id: string) => (await operator.reservations.get.query({ id })).short
  expect([await short(early), await short(late)]).toEqual([0, 2])
  await expectSoundReservations(server)
})

test('takers-back race with who ships the free goods of all bins, on two servers: what is held again is there', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const both = [server.operator, second.operator]
  for (let round = 0; round < 6; round++) {
    const { bins, ship, hold, warehouse, productId } = await stockBins(server, 3)
    const id = await hold(12, warehouse)
    const shipped = [
      await ship(server.operator, 6, bins[0]!, id),
      await ship(server.operator, 6, bins[1]!, id),
    ]
    // Nothing of it is held now: those who ship lock no more than their bin.
    const codes = await refusalCodes([
      ...times(24, (index) => ship(both[index % 2]!, 1, bins[index % 3]!)),
      ...shipped.map((movementId, index) => takeBack(both[index]!, movementId)),
      ...times(24, (index) => ship(both[index % 2]!, 1, bins[(index + 1) % 3]!)),
    ])
    expect(new Set(codes)).toEqual(new Set(['INSUFFICIENT_STOCK']))
    expect(await server.operator.reservations.get.query({ id })).toMatchObject({
      status: 'held',
      open: 12,
      short: 0,
    })
    expect(await onHand(server.operator, productId)).toBeGreaterThanOrEqual(12)
    await expectSoundReservations(server)
  }
  await expectSoundBook(server)
})
