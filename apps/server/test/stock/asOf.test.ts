import { randomInt, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { stockLevels, stockPeriodSums } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const timeout = 180_000

/** Around the borders of days, months and a year, where a sum is most easily taken for another. */
const moments = ['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02', '2026-01-31', '2026-02-01']
  .flatMap((day) =>
    ['00:00:00.000', '00:00:00.001', '11:30:00.000', '23:59:59.999'].map(
      (time) => `${day}T${time}Z`,
    ),
  )
  .map((text) => new Date(text))
const moment = fc.constantFrom(...moments)

type Movement = {
  occurredAt: Date
  recordedAt: Date
  from: number | null
  to: number | null
  quantity: number
}

/** Happened at one moment, known at that one or a later one. */
const movement: fc.Arbitrary<Movement> = fc
  .tuple(
    moment,
    moment,
    fc.constantFrom([null, 0], [1, null], [0, 1], [1, 0]),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([one, other, [from = null, to = null], quantity]) => ({
    occurredAt: one < other ? one : other,
    recordedAt: one < other ? other : one,
    from,
    to,
    quantity,
  }))

/** Statements, each of movements that the book takes together; most of one moment of learning. */
const statements = fc.array(
  fc.oneof(
    fc.array(movement, { minLength: 1, maxLength: 4 }),
    fc
      .tuple(moment, fc.array(movement, { minLength: 1, maxLength: 4 }))
      .map(([at, lines]) => lines.map((line) => ({ ...line, occurredAt: at, recordedAt: at }))),
  ),
  { minLength: 1, maxLength: 10 },
)

const questions = fc.array(fc.tuple(moment, fc.option(moment, { nil: undefined })), {
  minLength: 4,
  maxLength: 8,
})

/** Writes movements in one statement, each with both its times. */
async function write(
  { db }: TestServer,
  movements: readonly Movement[],
  productId: string,
  bins: readonly string[],
) {
  const commandId = randomUUID()
  await db.$client.query(
    `insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
     select $1, 'post', '', id, 'posted', now() from users where username = 'olga'`,
    [commandId],
  )
  const binOf = (index: number | null) => (index === null ? null : bins[index])
  await db.$client.query(
    `insert into stock_movements (command_id, line, type, product_id, from_location_id, to_location_id,
       quantity, occurred_at, recorded_at)
     select $1, line, case when from_id is null then 'incoming' when to_id is null then 'outgoing'
       else 'transfer' end::movement_type, $2, from_id, to_id, quantity, occurred_at, recorded_at
     from unnest($3::int[], $4::uuid[], $5::uuid[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
       as one(line, from_id, to_id, quantity, occurred_at, recorded_at)`,
    [
      commandId,
      productId,
      movements.map((_, line) => line),
      movements.map(({ from }) => binOf(from)),
      movements.map(({ to }) => binOf(to)),
      movements.map(({ quantity }) => quantity),
      movements.map(({ occurredAt }) => occurredAt),
      movements.map(({ recordedAt }) => recordedAt),
    ],
  )
}

/** What each of two bins held, by adding up every movement that counts. */
function plainSum(movements: readonly Movement[], at: Date, knownAt: Date | undefined) {
  const onHand = [0, 0]
  for (const { occurredAt, recordedAt, from, to, quantity } of movements) {
    if (occurredAt > at || (knownAt && recordedAt > knownAt)) continue
    if (from !== null) onHand[from]! -= quantity
    if (to !== null) onHand[to]! += quantity
  }
  return onHand
}

test(
  `what was on hand, and what was known of it, is the plain sum of the movements (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const bins = await makeBins(admin, 2)
    const plenty = new Date('2025-06-15T10:00:00Z')
    const opening = [0, 1].map((bin) => ({
      occurredAt: plenty,
      recordedAt: plenty,
      from: null,
      to: bin,
      quantity: 1000,
    }))

    await fc.assert(
      fc.asyncProperty(statements, questions, async (book, asked) => {
        const { id: productId } = await makeProduct(admin)
        for (const lines of [opening, ...book]) await write(server, lines, productId, bins)
        const all = [...opening, ...book.flat()]
        for (const [at, knownAt] of asked) {
          const { items } = await operator.stock.asOf.query({
            productId,
            at,
            ...(knownAt && { knownAt }),
          })
          const onHand = bins.map(
            (bin) => items.find((item) => item.locationId === bin)?.onHand ?? 0,
          )
          expect({ at, knownAt, onHand }).toEqual({
            at,
            knownAt,
            onHand: plainSum(all, at, knownAt),
          })
        }
      }),
      { seed, numRuns: 40, interruptAfterTimeLimit: 90_000 },
    )
    expect(await server.db.$count(stockPeriodSums)).toBeGreaterThan(0)
    await expectSoundBook(server)
  },
  timeout,
)

test('late movements that cancel out are told apart by the moment at which the book learned of each', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const bins = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const day = (time: string) => new Date(`2026-01-02T${time}Z`)
  const late = { occurredAt: new Date('2025-12-31T12:00:00Z') }
  // One batch writes the commands of many people in one statement.
  const came = { ...late, recordedAt: day('09:00:00'), from: null, to: 0, quantity: 5 }
  const went = { ...late, recordedAt: day('10:00:00'), from: 0, to: null, quantity: 5 }
  await write(server, [came, went], productId, bins)
  const knownAt = async (moment: Date) => {
    const at = new Date('2026-01-31T00:00:00Z')
    const { items } = await operator.stock.asOf.query({ productId, at, knownAt: moment })
    return items.map(({ onHand }) => onHand)
  }
  expect(await knownAt(day('08:59:59.999'))).toEqual([])
  expect(await knownAt(day('09:00:00'))).toEqual([5])
  expect(await knownAt(day('10:00:00'))).toEqual([])
  await expectSoundBook(server)

  // Nobody would find the day again without its sum.
  await db.execute(sql`alter table stock_period_sums disable trigger user`)
  await db.delete(stockPeriodSums)
  const { faults } = await admin.stock.verify.query()
  expect(faults).toMatchObject([{ productId, sumsWrongOn: '2025-12-31' }])
})

test('movements of today write no sum of their own, and are counted all the same', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5)
  const { occurredAt } = await receive(operator, productId, bin, 7)
  // Empty unless midnight came between the two.
  expect(await db.$count(stockPeriodSums)).toBeLessThanOrEqual(1)
  const asked = async (at: Date) => {
    const { items } = await operator.stock.asOf.query({ productId, at })
    return items.map(({ onHand }) => onHand)
  }
  expect(await asked(occurredAt)).toEqual([12])
  expect(await asked(new Date(occurredAt.getTime() + 400 * 24 * 3600 * 1000))).toEqual([12])
  expect(await asked(new Date(occurredAt.getTime() - 400 * 24 * 3600 * 1000))).toEqual([])
})

test.each([
  ['raised', 'update stock_period_sums set change = change + 1'],
  ['deleted', 'delete from stock_period_sums'],
  ['emptied', 'truncate stock_period_sums'],
  [
    'slipped in',
    "insert into stock_period_sums select id, 'day', '2020-01-01', '2020-01-01', 5 from stock_levels",
  ],
])('a kept sum cannot be %s by anybody', async (_, statement) => {
  await using server = await startTestServer()
  const { admin, operator, db, serverDb } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5, new Date('2026-01-01T09:00:00Z'))
  const before = await db.select().from(stockPeriodSums)
  expect(before).toHaveLength(2)
  await expect(db.$client.query(statement)).rejects.toMatchObject({ code: 'SB001' })
  await expect(serverDb.$client.query(statement)).rejects.toMatchObject({ code: '42501' })
  expect(await db.select().from(stockPeriodSums)).toEqual(before)
})

test.each([
  ['of a day', "update stock_period_sums set change = 6 where period = 'day'", '2026-01-05'],
  ['of a month', "update stock_period_sums set change = 6 where period = 'month'", '2026-01-01'],
  ['that is gone', 'delete from stock_period_sums', '2026-01-01'],
  [
    'that was made up',
    "insert into stock_period_sums select id, 'day', '2020-01-01', '2020-01-01', 5 from stock_levels",
    '2020-01-01',
  ],
])('the proof of the book finds a kept sum %s that is wrong', async (_, damage, sumsWrongOn) => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5, new Date('2026-01-05T09:00:00Z'))
  expect(await admin.stock.verify.query()).toMatchObject({ ok: true })
  await db.transaction(async (tx) => {
    await tx.execute('set local session_replication_role = replica')
    await tx.execute(damage)
  })
  expect(await admin.stock.verify.query()).toMatchObject({
    ok: false,
    faults: [{ productId, locationId: bin, onHand: 5, summed: 5, belowZeroAt: null, sumsWrongOn }],
  })
})

test('the proof of the book finds a wrong sum of today on the level itself', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 5)
  for (const column of ['open_day_change', 'open_month_change']) {
    await db.transaction(async (tx) => {
      await tx.execute('set local session_replication_role = replica')
      await tx.execute(`update stock_levels set ${column} = ${column} + 1`)
    })
    const { ok, faults } = await admin.stock.verify.query()
    expect(ok).toBe(false)
    const [level] = await db.select().from(stockLevels)
    const today = level!.openOn!
    expect([today, `${today.slice(0, 8)}01`]).toContain(faults[0]?.sumsWrongOn)
  }
})
