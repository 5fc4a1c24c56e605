import { reservationChanges, reservations } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expireReservations } from '../../src/features/reservations/expire.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { letRunOut, refusal } from '../reservations/calls.ts'

test('a reservation is held, shipped in part, expires with what is left, and is over', async () => {
  await using server = await startTestServer()
  const { admin, operator, db, serverDb } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const hold = { productId, locationId: bin }
  const explain = () => operator.stock.explain.query({ productId })

  const { reservation } = await operator.reservations.hold.mutate({
    ...hold,
    quantity: 6,
    expiresInMinutes: 30,
  })
  const { id } = reservation
  expect(await explain()).toMatchObject({ onHand: 10, held: 6, available: 4 })
  expect(await refusal(operator.reservations.hold.mutate({ ...hold, quantity: 5 }))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 4, requested: 5 },
  })

  const ship = (quantity: number) =>
    operator.movements.post.mutate({
      lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity, reservationId: id }],
    })
  const { movements } = await ship(4)
  expect(movements).toMatchObject([{ quantity: 4, reservationId: id }])
  expect(await explain()).toMatchObject({ onHand: 6, held: 2, available: 4 })
  expect(await operator.reservations.get.query({ id })).toMatchObject({
    status: 'partly_shipped',
    shipped: 4,
    open: 2,
  })

  await letRunOut(db, id)
  expect(await explain()).toMatchObject({ onHand: 6, held: 0, available: 6 })
  await expireReservations(serverDb)
  await expireReservations(serverDb)
  expect(await explain()).toMatchObject({ held: 0, available: 6 })
  expect(await refusal(ship(2))).toMatchObject({
    code: 'RESERVATION_EXPIRED',
    detail: { line: 0, reservationId: id },
  })
  await operator.reservations.release.mutate({ id })
  await operator.reservations.release.mutate({ id })
  const released = await db
    .select()
    .from(reservationChanges)
    .where(eq(reservationChanges.kind, 'expired'))
  expect(released).toMatchObject([{ reservationId: id, quantity: 2, actorId: null }])
  expect((await operator.reservations.get.query({ id })).changes.map(({ kind }) => kind)).toEqual([
    'held',
    'shipped',
    'expired',
  ])
  expect(await db.select().from(reservations)).toMatchObject([
    { status: 'expired', quantity: 6, shipped: 4, released: 2, short: 0 },
  ])
  await expectSoundBook(server)
})
