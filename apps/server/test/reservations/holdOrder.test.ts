import { newCommandId } from '@stockbook/client'
import { auditLog, commands, reservations } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  receive,
} from '../../src/testing/warehouse.ts'
import { receiveLot, refusal, refusalCodes, times } from './calls.ts'
import { expectSoundReservations } from './soundReservations.ts'

test('an order of which one line cannot be had holds nothing of the others, and says what is missing', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const [tea, milk, salt] = [
    await makeProduct(admin),
    await makeProduct(admin),
    await makeProduct(admin),
  ]
  await receive(operator, tea.id, bin, 10)
  await receive(operator, milk.id, bin, 2)
  await operator.reservations.hold.mutate({ productId: milk.id, locationId: bin, quantity: 1 })
  const line = (productId: string, quantity: number) => ({ productId, locationId: bin, quantity })
  const lines = [line(tea.id, 4), line(milk.id, 3), line(salt.id, 1), line(milk.id, 2)]
  const order = { commandId: newCommandId(), lines }
  const { code, detail } = await refusal(operator.reservations.holdOrder.mutate(order))
  expect({ code, shortages: detail.shortages }).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    shortages: [
      { sku: milk.sku, available: 1, requested: 5, held: 1 },
      { sku: salt.sku, available: 0, requested: 1, held: 0 },
    ],
  })
  expect(await server.db.$count(reservations)).toBe(1)

  // Refused under this id for ever, whatever comes in.
  await receive(operator, milk.id, bin, 100)
  await receive(operator, salt.id, bin, 100)
  expect(await refusal(operator.reservations.holdOrder.mutate(order))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { replayed: true },
  })
  const { lines: held } = await operator.reservations.holdOrder.mutate({ lines })
  expect(held.map((one) => [one.held, one.short])).toEqual([
    [4, 0],
    [3, 0],
    [1, 0],
    [2, 0],
  ])
  await expectSoundReservations(server)
})

test('in parts a line may get nothing while others do; an order that gets nothing at all is refused', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin, empty] = await makeBins(admin, 2)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 4)
  const lines = [
    { productId, locationId: empty, quantity: 1 },
    { productId, locationId: bin, quantity: 9 },
    { productId, locationId: bin, quantity: 1 },
  ]
  const order = { lines, partial: true, reference: 'order 7', expiresInMinutes: 30 }
  const { lines: held } = await operator.reservations.holdOrder.mutate(order)
  expect(held).toMatchObject([
    { requested: 1, held: 0, short: 1, reservation: null },
    { requested: 9, held: 4, short: 5, reservation: { quantity: 4, reference: 'order 7' } },
    { requested: 1, held: 0, short: 1, reservation: null },
  ])
  expect(held[1]!.reservation!.expiresAt).not.toBeNull()
  expect(await refusal(operator.reservations.holdOrder.mutate(order))).toMatchObject({
    code: 'INSUFFICIENT_STOCK',
    detail: { shortages: [{ locationId: empty }, { available: 0, requested: 10, held: 4 }] },
  })
  expect(await db.$count(reservations)).toBe(1)
})

test('each reservation of an order has its row in the audit log, and so has a refused order', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5)
  const lines = [3, 3].map((quantity) => ({ productId, locationId: bin, quantity }))
  const commandId = newCommandId()
  await refusal(operator.reservations.holdOrder.mutate({ commandId, lines }))
  const answer = await operator.reservations.holdOrder.mutate({ lines, partial: true })
  const rows = await db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, 'reservations.holdOrder'))
    .orderBy(auditLog.id)
  expect(rows).toMatchObject([
    { entity: 'command', entityId: commandId, after: { outcome: 'refused' } },
    { entity: 'reservation', entityId: answer.lines[0]!.reservation!.id, after: { quantity: 3 } },
    { entity: 'reservation', entityId: answer.lines[1]!.reservation!.id, after: { quantity: 2 } },
  ])
})

test('the same order again is answered as at first, whatever became of its reservations', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5)
  const lines = [2, 2, 2, 2].map((quantity) => ({ productId, locationId: bin, quantity }))
  const order = { commandId: newCommandId(), lines, partial: true }
  const answers = await Promise.all(times(12, () => operator.reservations.holdOrder.mutate(order)))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const [first] = answers
  expect(first!.lines.map(({ held }) => held)).toEqual([2, 2, 1, 0])
  for (const answer of answers) expect(answer.lines).toEqual(first!.lines)
  await operator.reservations.release.mutate({ id: first!.lines[1]!.reservation!.id })
  await receive(operator, productId, bin, 100)
  const contents = await databaseContents(db)
  expect(await operator.reservations.holdOrder.mutate(order)).toEqual({
    replayed: true,
    lines: first!.lines,
  })
  expect(
    await refusalCodes([
      operator.reservations.holdOrder.mutate({ ...order, partial: false }),
      operator.reservations.holdOrder.mutate({ ...order, lines: lines.toReversed().slice(1) }),
      admin.reservations.holdOrder.mutate(order),
    ]),
  ).toEqual(times(3, () => 'COMMAND_ID_REUSED'))
  expect(await databaseContents(db)).toEqual(contents)
})

test('faults of an order are told and not remembered, and nothing of it is held', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const tracked = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, tracked.id)
  await receive(operator, productId, bin, 10)
  const good = { productId, locationId: bin, quantity: 1 }
  const commandId = newCommandId()
  const contents = await databaseContents(db)
  for (const [bad, code] of [
    [{ ...good, productId: newCommandId() }, 'REFERENCE_NOT_FOUND'],
    [{ ...good, locationId: newCommandId() }, 'REFERENCE_NOT_FOUND'],
    [{ ...good, lotId: lot.id }, 'LOT_NOT_ALLOWED'],
    [{ ...good, quantity: 0 }, 'INVALID_INPUT'],
    [{ ...good, quantity: 1.5 }, 'INVALID_INPUT'],
    [{ ...good, quantity: -1 }, 'INVALID_INPUT'],
  ] as const) {
    const order = { commandId, lines: [good, bad], partial: true }
    const error = await refusal(operator.reservations.holdOrder.mutate(order))
    expect({ bad, code: error.code }).toEqual({ bad, code })
  }
  const none = operator.reservations.holdOrder.mutate({ commandId, lines: [] })
  expect(await refusalCodes([none])).toEqual(['INVALID_INPUT'])
  expect(await databaseContents(db)).toEqual(contents)
  await operator.reservations.holdOrder.mutate({ commandId, lines: [good] })
})

test('a lot that may not go out, or a place out of use, refuses an order also in parts', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin, closed] = await makeBins(admin, 2)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const [good, bad] = [await makeLot(operator, productId), await makeLot(operator, productId)]
  await receiveLot(operator, good, bin, 5)
  await receiveLot(operator, bad, bin, 5)
  await operator.lots.update.mutate({ id: bad.id, status: 'hold' })
  await admin.locations.archive.mutate({ id: closed })
  const line = { productId, locationId: bin, lotId: good.id, quantity: 1 }
  expect(
    await refusalCodes([
      operator.reservations.holdOrder.mutate({
        lines: [line, { ...line, lotId: bad.id }],
        partial: true,
      }),
      operator.reservations.holdOrder.mutate({
        lines: [line, { ...line, locationId: closed }],
        partial: true,
      }),
    ]),
  ).toEqual(['LOT_NOT_AVAILABLE', 'ARCHIVED'])
  expect(await server.db.$count(reservations)).toBe(0)
  // Of any lot it is held out of the good one alone.
  const anyLot = { lines: [{ productId, locationId: bin, quantity: 9 }], partial: true }
  expect(await operator.reservations.holdOrder.mutate(anyLot)).toMatchObject({
    lines: [{ held: 5, short: 4 }],
  })
})

test('many orders in parts race on two servers for the same goods: all of it is held, and not one piece twice', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const { admin, operator, db } = server
  const warehouse = await makeLocation(admin, 'warehouse', null)
  const bins = [
    await makeLocation(admin, 'bin', warehouse.id),
    await makeLocation(admin, 'bin', warehouse.id),
  ]
  const made = [await makeProduct(admin), await makeProduct(admin), await makeProduct(admin)]
  const ids = made.map(({ id }) => id)
  for (const id of ids) for (const bin of bins) await receive(operator, id, bin.id, 50)
  const places = [warehouse.id, bins[0]!.id, bins[1]!.id]
  const clients = [operator, second.operator]
  const results = await Promise.allSettled(
    times(40, (index) =>
      clients[index % 2]!.reservations.holdOrder.mutate({
        partial: true,
        // Each begins with another product, and wants some of them twice.
        lines: times(4, (line) => ({
          productId: ids[(index + line) % 3]!,
          locationId: places[(Math.floor(index / 3) + 2 * line) % 3]!,
          quantity: 3 + ((index + line) % 5),
        })),
      }),
    ),
  )
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  for (const result of results) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'INSUFFICIENT_STOCK' })
  }
  const held = answers.flatMap(({ lines }) => lines)
  for (const line of held) {
    expect(line.held + line.short).toBe(line.requested)
    expect(line.reservation?.quantity ?? 0).toBe(line.held)
  }
  expect(held.reduce((sum, line) => sum + line.held, 0)).toBe(300)
  expect(await db.$count(commands, eq(commands.outcome, 'refused'))).toBe(40 - answers.length)
  for (const id of ids) {
    expect(await operator.stock.explain.query({ productId: id })).toMatchObject({ available: 0 })
  }
  await expectSoundReservations(server)
})

test('whatever is asked for, lines get in their order what those before them leave', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
      async (onHand, quantities) => {
        const { id: productId } = await makeProduct(admin)
        await receive(operator, productId, bin, onHand)
        const lines = quantities.map((quantity) => ({ productId, locationId: bin, quantity }))
        const wanted = quantities.reduce((sum, one) => sum + one, 0)
        if (wanted > onHand) {
          expect(await refusal(operator.reservations.holdOrder.mutate({ lines }))).toMatchObject({
            detail: { available: onHand, requested: wanted },
          })
        }
        const answer = await operator.reservations.holdOrder.mutate({ lines, partial: true })
        let left = onHand
        const expected = quantities.map((requested) => {
          const held = Math.min(requested, left)
          left -= held
          return { requested, held, short: requested - held }
        })
        expect(answer.lines).toMatchObject(expected)
        expect(await operator.stock.explain.query({ productId })).toMatchObject({ available: left })
      },
    ),
    { numRuns: 30, interruptAfterTimeLimit: 20_000 },
  )
  await expectSoundReservations(server)
})
