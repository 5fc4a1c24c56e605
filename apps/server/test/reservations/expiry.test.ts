import { auditLog, reservationChanges, reservations } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expireReservations } from '../../src/features/reservations/expire.ts'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { letRunOut, times } from './calls.ts'

/** Ten on hand, six of them held for half an hour. */
async function holdSix({ admin, operator }: TestServer) {
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const { reservation } = await operator.reservations.hold.mutate({
    productId,
    locationId: bin,
    quantity: 6,
    expiresInMinutes: 30,
  })
  return { productId, bin, id: reservation.id }
}

test('from the moment it expires a reservation holds nothing, before anybody writes that down', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { productId, bin, id } = await holdSix(server)
  await letRunOut(db, id)
  expect(await operator.reservations.get.query({ id })).toMatchObject({
    status: 'expired',
    open: 0,
    released: 6,
  })
  const { reservation } = await operator.reservations.hold.mutate({
    productId,
    locationId: bin,
    quantity: 10,
  })
  const ids = async (input: object) =>
    (await operator.reservations.list.query(input)).items.map((item) => item.id)
  expect(await ids({ openOnly: true })).toEqual([reservation.id])
  expect(await ids({ status: 'expired' })).toEqual([id])
  expect(await ids({ status: 'held' })).toEqual([reservation.id])
})

test('what expires is written down once, however many servers do so at once', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const { operator, db, serverDb } = server
  const { id } = await holdSix(server)
  await letRunOut(db, id)
  await Promise.all(
    times(20, (index) => expireReservations(index % 2 === 0 ? serverDb : second.services.db)),
  )
  expect(await db.select().from(reservations)).toMatchObject([
    { status: 'expired', shipped: 0, released: 6, short: 0 },
  ])
  expect((await operator.reservations.get.query({ id })).changes).toMatchObject([
    { kind: 'held', quantity: 6 },
    { kind: 'expired', quantity: 6, commandId: null, actorId: null, actorName: null },
  ])
  const audited = await db.select().from(auditLog).where(eq(auditLog.action, 'reservations.expire'))
  expect(audited).toMatchObject([
    { actorId: null, entityId: id, before: { status: 'held' }, after: { status: 'expired' } },
  ])
  const contents = await databaseContents(db)
  await expireReservations(serverDb)
  expect(await databaseContents(db)).toEqual(contents)
})

test('what has not expired, or is over, is left alone', async () => {
  await using server = await startTestServer()
  const { operator, db, serverDb } = server
  await holdSix(server)
  const { id } = await holdSix(server)
  await operator.reservations.release.mutate({ id })
  await letRunOut(db, id)
  const contents = await databaseContents(db)
  await expireReservations(serverDb)
  expect(await databaseContents(db)).toEqual(contents)
  expect(await operator.reservations.get.query({ id })).toMatchObject({ status: 'released' })
})

test('releasing what has expired is harmless, and it is still written down once', async () => {
  await using server = await startTestServer()
  const { operator, db, serverDb } = server
  const { id } = await holdSix(server)
  await letRunOut(db, id)
  await Promise.all([
    expireReservations(serverDb),
    ...times(10, () => operator.reservations.release.mutate({ id })),
    operator.reservations.release.mutate({ id, quantity: 6 }),
  ])
  await expireReservations(serverDb)
  const changes = await db.select({ kind: reservationChanges.kind }).from(reservationChanges)
  expect(changes.map(({ kind }) => kind)).toEqual(['held', 'expired'])
})
