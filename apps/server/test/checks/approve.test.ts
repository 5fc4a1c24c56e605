import { newCommandId } from '@stockbook/client'
import { inventoryChecks, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { refusal, refusalCodes, times } from '../reservations/calls.ts'
import { adjustmentsOf, changeOf, count, lineOf, openCheck, submitAndApprove } from './counting.ts'

let server: TestServer
let bin: string
let one: string
let other: string

beforeEach(async () => {
  server = await startTestServer()
  const { admin, operator } = server
  ;[bin] = await makeBins(admin, 1)
  one = (await makeProduct(admin)).id
  other = (await makeProduct(admin)).id
  for (const productId of [one, other]) await receive(operator, productId, bin, 100)
})

afterEach(async () => {
  await expectSoundBook(server)
  await server[Symbol.asyncDispose]()
})

const ship = (productId: string, quantity: number) =>
  server.operator.movements.post.mutate({
    lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity }],
  })

test('when what was counted away has been shipped, nothing at all is posted; a recount helps', async () => {
  const { admin, operator, db } = server
  const { id } = await openCheck(server)
  await count(operator, id, one, 105)
  await count(operator, id, other, 40)
  await operator.checks.submit.mutate({ id })
  // By the count there were 40, by the book 100: 70 cannot have been there.
  await ship(other, 70)
  const { version } = (await db.select().from(inventoryChecks))[0]!
  const before = await databaseContents(db)
  const approval = { commandId: newCommandId(), id, expectedVersion: version }
  for (const attempt of [approval, approval, { ...approval, commandId: newCommandId() }]) {
    expect(await refusal(admin.checks.approve.mutate(attempt))).toMatchObject({
      code: 'INSUFFICIENT_STOCK_IN_PAST',
      detail: { productId: other, locationId: bin, shortfall: 30 },
    })
  }
  expect(await databaseContents(db)).toEqual(before)

  const { id: lineId } = await lineOf(operator, id, other)
  await admin.checks.recount.mutate({ id, lineIds: [lineId] })
  const anna = await server.signInAs('anna', 'operator')
  expect(await count(anna, id, other, 28)).toMatchObject({ expected: 30, variance: -2 })
  await anna.checks.submit.mutate({ id })
  // The refusal was not remembered: the same command posts it now.
  const { expectedVersion: _, ...again } = approval
  expect(await admin.checks.approve.mutate(again)).toMatchObject({
    replayed: false,
    adjustments: 2,
  })
  const changes = (await adjustmentsOf(server, id)).map((row) => [row.productId, changeOf(row)])
  expect(new Map(changes as [string, number][])).toEqual(
    new Map([
      [one, 5],
      [other, -2],
    ]),
  )
  expect([await onHand(operator, one), await onHand(operator, other)]).toEqual([105, 28])
})

test('thirty approvals of six administrators race on two servers: posted exactly once', async () => {
  const { operator, db } = server
  await using second = await startSecondServer(server)
  const admins = await Promise.all(
    times(6, async (index) => (await server.signInAs(`admin ${index}`, 'admin')).as('admin')),
  )
  for (let round = 1; round <= 3; round++) {
    const { id } = await openCheck(server)
    await count(operator, id, one, 100 - round)
    await count(operator, id, other, 100 + round)
    await operator.checks.submit.mutate({ id })
    const movementsBefore = await db.$count(stockMovements)
    // Each clicks twice, and tries anew thrice.
    const results = await Promise.allSettled(
      admins.flatMap((admin) => {
        const commandId = newCommandId()
        return times(5, (attempt) =>
          admin.checks.approve.mutate({
            id,
            commandId: attempt < 2 ? commandId : newCommandId(),
          }),
        )
      }),
    )
    const answers = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    )
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(answers.length).toBeLessThanOrEqual(2)
    expect(new Set(answers.map(({ check }) => check.commandId)).size).toBe(1)
    for (const { adjustments, check } of answers) {
      expect({ adjustments, status: check.status }).toEqual({ adjustments: 2, status: 'posted' })
    }
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'WRONG_STATE' })
    }
    expect(await db.$count(stockMovements)).toBe(movementsBefore + 2)
    expect(await onHand(second.operator, one)).toBe(100 - round)
    expect(await onHand(second.operator, other)).toBe(100 + round)
  }
})

test('an approval races with a recount and a cancellation: one of them holds, and is what is seen', async () => {
  const { admin, operator, db } = server
  const seen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const { id } = await openCheck(server, { scope: { productIds: [one] } })
    const before = await onHand(operator, one)
    const { id: lineId } = await count(operator, id, one, before - 1)
    await operator.checks.submit.mutate({ id })
    const work = [
      () => admin.checks.approve.mutate({ id }),
      () => admin.checks.recount.mutate({ id, lineIds: [lineId] }),
      () => admin.checks.cancel.mutate({ id, reason: 'not now' }),
    ]
    const turned = [...work.slice(round % 3), ...work.slice(0, round % 3)]
    const codes = await refusalCodes(turned.map((call) => call()))
    const { status } = await admin.checks.get.query({ id })
    seen.add(status)
    // A check that went back to be counted may still be cancelled, nothing else follows on anything.
    expect(codes.every((code) => code === 'WRONG_STATE')).toBe(true)
    expect(codes.length).toBeGreaterThanOrEqual(status === 'cancelled' ? 1 : 2)
    const posted = await db.$count(stockMovements, eq(stockMovements.checkLineId, lineId))
    expect(posted).toBe(status === 'posted' ? 1 : 0)
    expect(await onHand(operator, one)).toBe(before - posted)
  }
  expect(seen.size).toBeGreaterThan(1)
})

test('who read an older state of the check approves nothing', async () => {
  const { admin, operator } = server
  const { id, version } = await openCheck(server)
  for (const productId of [one, other]) await count(operator, id, productId, 90)
  await operator.checks.submit.mutate({ id })
  expect(
    await refusal(admin.checks.approve.mutate({ id, expectedVersion: version })),
  ).toMatchObject({ code: 'CHANGED_MEANWHILE', detail: { expectedVersion: version } })
  expect(await onHand(operator, one)).toBe(100)
})

describe('what is over stays over:', () => {
  async function review() {
    const { id } = await openCheck(server, { scope: { productIds: [one] } })
    const { id: lineId } = await count(server.operator, id, one, 90)
    return { id, lineId }
  }

  /** Everything that changes a check. */
  const changes = ({ id, lineId }: { id: string; lineId: string }) => ({
    count: () => server.operator.checks.count.mutate({ lineId, quantity: 1 }),
    addLine: () =>
      server.operator.checks.addLine.mutate({ checkId: id, productId: other, locationId: bin }),
    submit: () => server.operator.checks.submit.mutate({ id }),
    recount: () => server.admin.checks.recount.mutate({ id, lineIds: [lineId] }),
    approve: () => server.admin.checks.approve.mutate({ id }),
    cancel: () => server.admin.checks.cancel.mutate({ id, reason: 'no' }),
  })

  test.each([
    ['posted', (id: string) => submitAndApprove(server, id)],
    ['cancelled', (id: string) => server.admin.checks.cancel.mutate({ id, reason: 'no' })],
  ] as const)('a check that is %s takes no change', async (status, end) => {
    const check = await review()
    await end(check.id)
    const before = await databaseContents(server.db)
    for (const [name, change] of Object.entries(changes(check))) {
      const { code, detail } = await refusal(change())
      expect({ name, code, status: detail.status }).toEqual({ name, code: 'WRONG_STATE', status })
    }
    expect(await databaseContents(server.db)).toEqual(before)
  })

  test('a check in review is not counted, one that is counted not approved', async () => {
    const check = await review()
    const { submit, approve, recount, count: countAgain, addLine } = changes(check)
    expect(await refusalCodes([approve(), recount()])).toEqual(times(2, () => 'WRONG_STATE'))
    await submit()
    const before = await databaseContents(server.db)
    expect(await refusalCodes([countAgain(), addLine(), submit()])).toEqual(
      times(3, () => 'WRONG_STATE'),
    )
    expect(await databaseContents(server.db)).toEqual(before)
  })
})
