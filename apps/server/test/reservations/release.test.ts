import { newCommandId } from '@stockbook/client'
import { auditLog, commands, reservationChanges } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { refusal, refusalCodes, times } from './calls.ts'

/** Ten on hand, six of them held. */
async function holdSix({ admin, operator }: TestServer) {
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const hold = { productId, locationId: bin }
  const { reservation } = await operator.reservations.hold.mutate({ ...hold, quantity: 6 })
  return { hold, id: reservation.id }
}

test('what is released can be held by somebody else at once', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { hold, id } = await holdSix(server)
  const { reservation } = await operator.reservations.release.mutate({ id, quantity: 2 })
  expect(reservation).toMatchObject({ released: 2, open: 4, status: 'held' })
  await operator.reservations.hold.mutate({ ...hold, quantity: 6 })
  expect(await operator.reservations.release.mutate({ id })).toMatchObject({
    reservation: { released: 6, open: 0, status: 'released' },
  })
  await operator.reservations.hold.mutate({ ...hold, quantity: 4 })
})

test('releasing again is harmless: nothing is given back twice', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { hold, id } = await holdSix(server)
  await operator.reservations.release.mutate({ id })
  for (const input of [{ id }, { id, quantity: 6 }]) {
    expect(await operator.reservations.release.mutate(input)).toMatchObject({
      replayed: false,
      reservation: { released: 6, open: 0, status: 'released' },
    })
  }
  const released = await db
    .select()
    .from(reservationChanges)
    .where(eq(reservationChanges.kind, 'released'))
  expect(released.map(({ quantity }) => quantity)).toEqual([6])
  expect(await refusal(operator.reservations.hold.mutate({ ...hold, quantity: 11 }))).toMatchObject(
    { detail: { available: 10, held: 0 } },
  )
})

test('twenty people release the same goods at once: they are given back once', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { id } = await holdSix(server)
  await Promise.all(times(20, () => operator.reservations.release.mutate({ id })))
  expect(await db.$count(reservationChanges, eq(reservationChanges.kind, 'released'))).toBe(1)
})

test('more than is open is not released, and the refusal is remembered', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { id } = await holdSix(server)
  const release = { commandId: newCommandId(), id, quantity: 7 }
  const first = await refusal(operator.reservations.release.mutate(release))
  expect(first).toEqual({ code: 'RESERVATION_EXCEEDED', detail: { id, open: 6, requested: 7 } })
  const contents = await databaseContents(db)
  expect(await refusal(operator.reservations.release.mutate(release))).toEqual({
    ...first,
    detail: { ...first.detail, replayed: true },
  })
  expect(await databaseContents(db)).toEqual(contents)
})

test('the same release again is one release with its first answer', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { id } = await holdSix(server)
  const release = { commandId: newCommandId(), id, quantity: 2 }
  const first = await operator.reservations.release.mutate(release)
  await operator.reservations.release.mutate({ id, quantity: 1 })
  const contents = await databaseContents(db)
  expect(await operator.reservations.release.mutate(release)).toEqual({ ...first, replayed: true })
  expect(await databaseContents(db)).toEqual(contents)
  expect(
    await refusalCodes([operator.reservations.release.mutate({ ...release, quantity: 3 })]),
  ).toEqual(['COMMAND_ID_REUSED'])
})

test('what nobody has held cannot be released, and that is not remembered', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  expect(await refusal(operator.reservations.release.mutate({ id: newCommandId() }))).toMatchObject(
    { code: 'NOT_FOUND' },
  )
  expect(await db.$count(commands)).toBe(0)
})

test('each hold, release and refusal has exactly one row in the audit log', async () => {
  await using server = await startTestServer()
  const { operator, db } = server
  const { hold, id } = await holdSix(server)
  await refusal(operator.reservations.hold.mutate({ ...hold, quantity: 5 }))
  await operator.reservations.release.mutate({ id, quantity: 2 })
  await operator.reservations.release.mutate({ id })
  await operator.reservations.release.mutate({ id })
  const rows = await db
    .select({ action: auditLog.action, entity: auditLog.entity, after: auditLog.after })
    .from(auditLog)
    .orderBy(auditLog.id)
  const ours = rows.filter(({ action }) => action.startsWith('reservations.'))
  expect(ours).toMatchObject([
    { action: 'reservations.hold', entity: 'reservation', after: { quantity: 6, released: 0 } },
    {
      action: 'reservations.hold',
      entity: 'command',
      after: { refusalCode: 'INSUFFICIENT_STOCK' },
    },
    { action: 'reservations.release', entity: 'reservation', after: { released: 2 } },
    { action: 'reservations.release', entity: 'reservation', after: { released: 6 } },
    { action: 'reservations.release', entity: 'reservation', after: { released: 6 } },
  ])
})
