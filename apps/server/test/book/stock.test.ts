import { listAll } from '@stockbook/client'
import { stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeLot,
  makeProduct,
  receive,
} from '../../src/testing/warehouse.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))

/** Runs SQL with the book's triggers asleep, as a damaged disk or a bad restore would. */
async function damage({ db }: TestServer, ...statements: string[]): Promise<void> {
  const client = await db.$client.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function history(
  { operator }: TestServer,
  scope: { productId: string; locationId?: string; lotId?: string },
  limit: number,
) {
  const rows: [change: number, onHandAfter: number][] = []
  for await (const row of listAll(operator.stock.history, { ...scope, limit })) {
    rows.push([row.change, row.onHandAfter])
  }
  return rows
}

/** A product that came to one place, went on to another and partly out, dated on five days. */
async function movedProduct(server: TestServer) {
  const { admin, operator } = server
  const [bin, otherBin] = await makeBins(admin, 2)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 100, day(1))
  await operator.movements.post.mutate({
    occurredAt: day(2),
    lines: [
      { type: 'transfer', productId, fromLocationId: bin, toLocationId: otherBin, quantity: 30 },
    ],
  })
  await operator.movements.post.mutate({
    occurredAt: day(3),
    lines: [{ type: 'outgoing', productId, fromLocationId: otherBin, quantity: 10 }],
  })
  await receive(operator, productId, otherBin, 5, day(4))
  await operator.movements.post.mutate({
    occurredAt: day(5),
    lines: [{ type: 'adjustment', productId, fromLocationId: bin, quantity: 1, reason: 'broken' }],
  })
  const { parentId } = await operator.locations.get.query({ id: bin })
  return { productId, bin, otherBin, warehouse: parentId! }
}

test.each([1, 2, 3, 200])(
  'the history tells what was on hand after each movement, in pages of %i',
  async (limit) => {
    await using server = await startTestServer()
    const { productId, bin, otherBin, warehouse } = await movedProduct(server)
    expect(await history(server, { productId, locationId: bin }, limit)).toEqual([
      [-1, 69],
      [-30, 70],
      [100, 100],
    ])
    expect(await history(server, { productId, locationId: otherBin }, limit)).toEqual([
      [5, 25],
      [-10, 20],
      [30, 30],
    ])
    const whole = [
      [-1, 94],
      [5, 95],
      [-10, 90],
      [0, 100],
      [100, 100],
    ]
    // A transfer inside the asked-for place changes nothing there.
    expect(await history(server, { productId, locationId: warehouse }, limit)).toEqual(whole)
    expect(await history(server, { productId }, limit)).toEqual(whole)
  },
)

test('the history of a lot is its own', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, productId)
  const other = await makeLot(operator, productId)
  for (const [lotId, quantity] of [
    [lot.id, 3],
    [other.id, 50],
    [lot.id, 4],
  ] as const) {
    await operator.movements.post.mutate({
      lines: [{ type: 'incoming', productId, lotId, toLocationId: bin, quantity }],
    })
  }
  expect(await history(server, { productId, lotId: lot.id }, 1)).toEqual([
    [4, 7],
    [3, 3],
  ])
  expect(await history(server, { productId }, 2)).toEqual([
    [4, 57],
    [50, 53],
    [3, 3],
  ])
})

test('movements that come between two pages neither repeat a row nor spoil a balance', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, bin } = await movedProduct(server)
  const first = await operator.stock.history.query({ productId, limit: 2 })
  expect(first.items.map((row) => [row.change, row.onHandAfter])).toEqual([
    [-1, 94],
    [5, 95],
  ])
  await receive(operator, productId, bin, 1000, day(6))
  await receive(operator, productId, bin, 7, new Date(day(2).getTime() + 1))
  const second = await operator.stock.history.query({
    productId,
    limit: 200,
    cursor: first.nextCursor!,
  })
  expect(second.items.map((row) => [row.change, row.onHandAfter])).toEqual([
    [-10, 97],
    [7, 107],
    [0, 100],
    [100, 100],
  ])
  expect(second.nextCursor).toBeNull()
})

test('movements of one moment keep their order from page to page', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const lines = [1, 2, 3, 4, 5].map((quantity) => ({
    type: 'incoming' as const,
    productId,
    toLocationId: bin,
    quantity,
  }))
  await operator.movements.post.mutate({ occurredAt: day(1), lines })
  expect(await history(server, { productId }, 2)).toEqual([
    [5, 15],
    [4, 10],
    [3, 6],
    [2, 3],
    [1, 1],
  ])
})

test('a cursor of another list is refused', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId } = await movedProduct(server)
  const { nextCursor } = await operator.movements.list.query({ limit: 1 })
  for (const cursor of [nextCursor!, 'nonsense', '']) {
    await expect(operator.stock.history.query({ productId, cursor })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    })
  }
})

test('what was on hand at a moment counts what happened exactly then, and not what came later', async () => {
  await using server = await startTestServer()
  const { operator } = server
  const { productId, bin, otherBin, warehouse } = await movedProduct(server)
  const asOf = async (at: Date, scope: { locationId?: string } = {}) => {
    const { items } = await operator.stock.asOf.query({ productId, at, ...scope })
    return Object.fromEntries(items.map(({ locationId, onHand }) => [locationId, onHand]))
  }
  const justBefore = (moment: Date) => new Date(moment.getTime() - 1)
  expect(await asOf(justBefore(day(1)))).toEqual({})
  expect(await asOf(day(1))).toEqual({ [bin]: 100 })
  expect(await asOf(justBefore(day(2)))).toEqual({ [bin]: 100 })
  expect(await asOf(day(2))).toEqual({ [bin]: 70, [otherBin]: 30 })
  expect(await asOf(day(5))).toEqual({ [bin]: 69, [otherBin]: 25 })
  expect(await asOf(day(2), { locationId: otherBin })).toEqual({ [otherBin]: 30 })
  expect(await asOf(day(2), { locationId: warehouse })).toEqual({ [bin]: 70, [otherBin]: 30 })
})

test('what was known at a moment leaves out what the book learned later, a correction too', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const first = await receive(operator, productId, bin, 100, day(1))
  const second = await receive(operator, productId, bin, 20, day(1))
  await later(second.recordedAt)
  const correction = await operator.movements.reverse.mutate({
    reversedCommandId: first.commandId,
    occurredAt: day(1),
    reason: 'counted twice',
  })
  const known = async (knownAt: Date) => {
    const { items } = await operator.stock.asOf.query({ productId, at: day(2), knownAt })
    return items.map(({ onHand }) => onHand)
  }
  expect(await known(new Date(first.recordedAt.getTime() - 1))).toEqual([])
  expect(await known(second.recordedAt)).toEqual([120])
  expect(await known(correction.recordedAt)).toEqual([20])
})

/** The next millisecond, so that two moments of recording differ. */
async function later(moment: Date): Promise<void> {
  while (Date.now() <= moment.getTime() + 1) await new Promise((resolve) => setImmediate(resolve))
}

test('the proof of the book finds a level that was changed, lost or made up', async () => {
  await using server = await startTestServer()
  const { admin, db } = server
  const { productId, bin, otherBin } = await movedProduct(server)
  const [thirdBin] = await makeBins(admin, 1)
  expect(await admin.stock.verify.query()).toEqual({
    ok: true,
    checkedMovements: 5,
    checkedLevels: 2,
    faults: [],
  })
  await damage(
    server,
    `update stock_levels set on_hand = on_hand + 1 where location_id = '${bin}'`,
    `delete from stock_levels where location_id = '${otherBin}'`,
    `insert into stock_levels (product_id, location_id, on_hand, last_occurred_at)
     values ('${productId}', '${thirdBin}', 8, now())`,
  )
  const { ok, faults } = await admin.stock.verify.query()
  expect(ok).toBe(false)
  const fault = (locationId: string, onHand: number, summed: number) => ({
    productId,
    locationId,
    lotId: null,
    onHand,
    summed,
    belowZeroAt: null,
    sumsWrongOn: null,
  })
  const byPlace = (one: { locationId: string }, other: { locationId: string }) =>
    one.locationId.localeCompare(other.locationId)
  expect(faults.toSorted(byPlace)).toEqual(
    [fault(bin, 70, 69), fault(otherBin, 0, 25), fault(thirdBin, 8, 0)].toSorted(byPlace),
  )
  expect(await db.$count(stockMovements)).toBe(5)
})

test('the proof of the book finds movements that were changed, deleted or slipped in', async () => {
  await using server = await startTestServer()
  const { admin } = server
  const { productId, bin } = await movedProduct(server)
  const found = async () => {
    const { faults } = await admin.stock.verify.query()
    return faults.map(({ locationId, onHand, summed }) => ({ locationId, onHand, summed }))
  }
  await damage(
    server,
    `update stock_movements set quantity = 101 where quantity = 100 and product_id = '${productId}'`,
  )
  expect(await found()).toEqual([{ locationId: bin, onHand: 69, summed: 70 }])
  await damage(server, 'delete from stock_movements where quantity = 1')
  expect(await found()).toEqual([{ locationId: bin, onHand: 69, summed: 71 }])
  await damage(
    server,
    `insert into stock_movements (command_id, line, type, product_id, from_location_id, quantity, occurred_at)
     select command_id, 99, 'outgoing', product_id, '${bin}', 3, occurred_at
     from stock_movements limit 1`,
  )
  expect(await found()).toEqual([{ locationId: bin, onHand: 69, summed: 68 }])
})

test('the proof of the book finds a moment below zero, though the sum is right', async () => {
  await using server = await startTestServer()
  const { admin, db } = server
  const { productId, bin } = await movedProduct(server)
  await damage(
    server,
    `update stock_movements set occurred_at = '${day(3).toISOString()}' where quantity = 100`,
  )
  const { faults } = await admin.stock.verify.query()
  expect(faults).toEqual([
    {
      productId,
      locationId: bin,
      lotId: null,
      onHand: 69,
      summed: 69,
      belowZeroAt: day(2),
      sumsWrongOn: '2026-01-01',
    },
  ])
  expect(await db.$count(stockMovements, eq(stockMovements.quantity, 100))).toBe(1)
})

test('what is on hand leaves out empty places unless they are asked for', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const { productId, bin, otherBin, warehouse } = await movedProduct(server)
  await operator.movements.post.mutate({
    lines: [{ type: 'outgoing', productId, fromLocationId: otherBin, quantity: 25 }],
  })
  const zone = await makeLocation(admin, 'zone', warehouse)
  const places = async (input: object) => {
    const { items } = await operator.stock.levels.query({ productId, ...input })
    return items.map((row) => [row.locationId, row.onHand])
  }
  expect(await places({})).toEqual([[bin, 69]])
  expect(await places({ includeZero: true })).toEqual([
    [bin, 69],
    [otherBin, 0],
  ])
  expect(await places({ locationId: warehouse })).toEqual([[bin, 69]])
  expect(await places({ locationId: zone.id })).toEqual([])
})
