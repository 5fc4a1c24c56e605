import { newCommandId } from '@stockbook/client'
import { commands, reservationChanges, reservations } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  receive,
} from '../../src/testing/warehouse.ts'
import { receiveLot, refusal, refusalCodes, times } from './calls.ts'

test('ten on hand, twenty people hold one each at once: exactly ten hold one', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, bin, 10)
  const codes = await refusalCodes(
    times(20, () =>
      server.operator.reservations.hold.mutate({ productId, locationId: bin, quantity: 1 }),
    ),
  )
  expect(codes).toEqual(times(10, () => 'INSUFFICIENT_STOCK'))
  expect(await server.db.$count(reservations)).toBe(10)
  expect(await server.db.$count(reservationChanges, eq(reservationChanges.kind, 'held'))).toBe(10)
  expect(await server.db.$count(commands, eq(commands.outcome, 'refused'))).toBe(10)
})

test('a hold says what it set aside, for whom and until when', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const bin = await makeLocation(admin, 'bin', warehouse.id)
  const product = await makeProduct(admin, { packagings: [{ name: 'case', factor: 6 }] })
  const customer = await admin.partners.create.mutate({ kind: 'customer', code: 'C', name: 'Café' })
  await receive(operator, product.id, bin.id, 20)
  const before = Date.now()
  const { reservation, replayed } = await operator.reservations.hold.mutate({
    productId: product.id,
    locationId: warehouse.id,
    quantity: '2.5',
    packagingId: product.packagings[0]!.id,
    expiresInMinutes: 30,
    partnerId: customer.id,
    reference: 'order 7',
    note: 'by the door',
  })
  expect(replayed).toBe(false)
  expect(reservation).toMatchObject({
    productId: product.id,
    sku: product.sku,
    locationId: warehouse.id,
    locationCode: warehouse.code,
    lotId: null,
    lotCode: null,
    quantity: 15,
    shipped: 0,
    released: 0,
    open: 15,
    short: 0,
    status: 'held',
    partnerId: customer.id,
    partnerName: 'Café',
    reference: 'order 7',
    note: 'by the door',
    createdByName: 'olga',
  })
  const minutes = (reservation.expiresAt!.getTime() - before) / 60_000
  expect(minutes).toBeGreaterThanOrEqual(30)
  expect(minutes).toBeLessThan(31)
  const { changes, ...read } = await operator.reservations.get.query({ id: reservation.id })
  expect(read).toEqual(reservation)
  expect(changes).toMatchObject([{ kind: 'held', quantity: 15, actorName: 'olga' }])
})

test('a refused hold tells what is available and what others hold, and holds nothing', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId, sku } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  await operator.reservations.hold.mutate({ productId, locationId: bin, quantity: 6 })
  expect(
    await refusal(operator.reservations.hold.mutate({ productId, locationId: bin, quantity: 5 })),
  ).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { productId, sku, locationId: bin, available: 4, requested: 5, held: 6 },
  })
  expect(await server.db.$count(reservations)).toBe(1)
})

test('the same hold again is one hold with its first answer, also after it was released', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const hold = { commandId: newCommandId(), productId, locationId: bin, quantity: 6 }
  const answers = await Promise.all(times(20, () => operator.reservations.hold.mutate(hold)))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const [first] = answers
  for (const { reservation } of answers) expect(reservation).toEqual(first!.reservation)
  const { id } = first!.reservation
  await operator.reservations.release.mutate({ id })
  const contents = await databaseContents(db)
  expect(await operator.reservations.hold.mutate(hold)).toEqual({
    replayed: true,
    reservation: first!.reservation,
  })
  expect(await databaseContents(db)).toEqual(contents)
})

test('one id with other content, or of another person, holds nothing more', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const hold = { commandId: newCommandId(), productId, locationId: bin, quantity: 6 }
  const { reservation } = await operator.reservations.hold.mutate(hold)
  const { commandId } = hold
  const codes = await refusalCodes([
    operator.reservations.hold.mutate({ ...hold, quantity: 1 }),
    admin.reservations.hold.mutate(hold),
    operator.reservations.release.mutate({ commandId, id: reservation.id }),
    operator.movements.post.mutate({
      commandId,
      lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 }],
    }),
  ])
  expect(codes).toEqual(times(4, () => 'COMMAND_ID_REUSED'))
  expect(await server.db.$count(reservations)).toBe(1)
})

test('a refused hold stays refused under its id, whatever has come in since', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const hold = { commandId: newCommandId(), productId, locationId: bin, quantity: 6 }
  expect(await refusalCodes([operator.reservations.hold.mutate(hold)])).toHaveLength(1)
  await receive(operator, productId, bin, 10)
  expect(await refusal(operator.reservations.hold.mutate(hold))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { available: 0, requested: 6, replayed: true },
  })
  await operator.reservations.hold.mutate({ ...hold, commandId: newCommandId() })
})

test('faults of the input are told and not remembered', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const tracked = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, tracked.id)
  await receive(operator, productId, bin, 10)
  const hold = { commandId: newCommandId(), productId, locationId: bin, quantity: 6 }
  const nobody = newCommandId()
  const contents = await databaseContents(db)
  for (const [change, code, field] of [
    [{ productId: nobody }, 'REFERENCE_NOT_FOUND', 'productId'],
    [{ locationId: nobody }, 'REFERENCE_NOT_FOUND', 'locationId'],
    [{ lotId: nobody }, 'REFERENCE_NOT_FOUND', 'lotId'],
    [{ packagingId: nobody }, 'REFERENCE_NOT_FOUND', 'packagingId'],
    [{ partnerId: nobody }, 'REFERENCE_NOT_FOUND', 'partnerId'],
    [{ lotId: lot.id }, 'LOT_NOT_ALLOWED', undefined],
    [{ quantity: '0.5' }, 'QUANTITY_NOT_WHOLE', undefined],
    [{ expiresAt: new Date(Date.now() - 1000) }, 'INVALID_INPUT', undefined],
  ] as const) {
    const error = await refusal(operator.reservations.hold.mutate({ ...hold, ...change }))
    expect({ change, code: error.code, field: error.detail.field }).toEqual({ change, code, field })
  }
  expect(await databaseContents(db)).toEqual(contents)
  await operator.reservations.hold.mutate(hold)
})

test('what is out of use is not held, and the refusal names it', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin, emptyBin] = await makeBins(admin, 2)
  const product = await makeProduct(admin)
  const customer = await admin.partners.create.mutate({ kind: 'customer', code: 'C', name: 'C' })
  await receive(operator, product.id, bin, 10)
  await admin.locations.archive.mutate({ id: emptyBin })
  await admin.partners.archive.mutate({ id: customer.id })
  const hold = { productId: product.id, locationId: bin, quantity: 1 }
  const errors = [
    await refusal(operator.reservations.hold.mutate({ ...hold, locationId: emptyBin })),
    await refusal(operator.reservations.hold.mutate({ ...hold, partnerId: customer.id })),
  ]
  expect(errors.map(({ code, detail }) => [code, detail.entity, detail.id])).toEqual([
    ['ARCHIVED', 'location', emptyBin],
    ['ARCHIVED', 'partner', customer.id],
  ])
})

test('a lot on hold, recalled or expired cannot be held by its name, nor as one of any', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const good = await makeLot(operator, productId)
  await receiveLot(operator, good, bin, 5)
  for (const [fields, status] of [
    [{ status: 'hold' }, 'hold'],
    [{ status: 'recalled' }, 'recalled'],
    [{ expiresOn: '2026-01-01' }, 'expired'],
  ] as const) {
    const lot = await makeLot(operator, productId)
    await operator.lots.update.mutate({ id: lot.id, ...fields })
    await receiveLot(operator, lot, bin, 100)
    const hold = { productId, locationId: bin, quantity: 6 }
    expect(
      await refusal(operator.reservations.hold.mutate({ ...hold, lotId: lot.id })),
    ).toMatchObject({ code: 'LOT_NOT_AVAILABLE', detail: { lotId: lot.id, lot: lot.code, status } })
    expect(await refusal(operator.reservations.hold.mutate(hold))).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      detail: { available: 5, held: 0 },
    })
  }
})

test('holds of bins, warehouses, lots and any lot never promise the same goods twice', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const [one, other] = [
    await makeLocation(admin, 'bin', warehouse.id),
    await makeLocation(admin, 'bin', warehouse.id),
  ]
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const [red, blue] = [await makeLot(operator, productId), await makeLot(operator, productId)]
  await receiveLot(operator, red, one.id, 5)
  await receiveLot(operator, blue, other.id, 5)
  const hold = (locationId: string, lotId: string | null, quantity: number) =>
    operator.reservations.hold.mutate({ productId, locationId, lotId, quantity })

  // Each sum is right: five of red, five in the bin, ten in all. Yet only the red ones are in the bin.
  await hold(one.id, null, 5)
  expect(await refusal(hold(warehouse.id, red.id, 1))).toMatchObject({
    detail: { available: 0, requested: 1 },
  })
  expect(await refusal(hold(warehouse.id, null, 6))).toMatchObject({ detail: { available: 5 } })
  await hold(warehouse.id, null, 5)
  expect(await refusal(hold(other.id, blue.id, 1))).toMatchObject({ detail: { available: 0 } })
})
