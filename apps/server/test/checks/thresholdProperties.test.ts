import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { linesOf, openCheck } from './counting.ts'
import { recordedClient, valuesIn } from './recorded.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)

/** Ten-thousandths, written as a decimal number. */
const decimal = (scaled: number) => (scaled / 10_000).toFixed(4)

const goods = fc.record({
  // None of them is said for another reason: they are looked for in what a counter is told.
  expected: fc.integer({ min: 5_000, max: 9_999 }),
  missing: fc.oneof(fc.constant(0), fc.integer({ min: -400, max: 400 })),
  missingNext: fc.integer({ min: -400, max: 400 }),
  unitCost: fc.option(fc.integer({ min: 1, max: 90_000 })),
})
const limits = fc.record({
  acceptPercent: fc.integer({ min: 0, max: 40_000 }),
  acceptValue: fc.integer({ min: 0, max: 5_000_000 }),
  recountPercent: fc.integer({ min: 0, max: 80_000 }),
})

type Limits = typeof limits extends fc.Arbitrary<infer Value> ? Value : never
type Goods = typeof goods extends fc.Arbitrary<infer Value> ? Value : never

/** What is to become of a count, reckoned in whole numbers. */
function judge(limits: Limits, { expected, unitCost }: Goods, missing: number, round: number) {
  const off = BigInt(Math.abs(missing))
  const share = off * 100n * 10_000n
  const isWithin = (percent: number) => share <= BigInt(percent) * BigInt(expected)
  const isCheap = unitCost === null || off * BigInt(unitCost) <= BigInt(limits.acceptValue)
  if (isWithin(limits.acceptPercent) && isCheap) return 'accepted'
  return round === 1 && isWithin(limits.recountPercent) ? 'recount' : 'counted'
}

test(`whatever the limits, a count is accepted, counted again by somebody else or left to an administrator by exact figures (seed ${seed})`, async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  await server.signInAs('anna', 'operator')
  await server.signInAs('boris', 'operator')
  await fc.assert(
    fc.asyncProperty(limits, fc.array(goods, { minLength: 1, maxLength: 6 }), async (by, all) => {
      const anna = recordedClient(server, 'anna')
      const boris = recordedClient(server, 'boris')
      const made: (Goods & { productId: string })[] = []
      for (const one of all) {
        const { id } = await makeProduct(admin, {
          unitCost: one.unitCost === null ? null : decimal(one.unitCost),
        })
        await receive(operator, id, bin, one.expected)
        made.push({ ...one, productId: id })
      }
      const { id } = await openCheck(server, {
        scope: { productIds: made.map(({ productId }) => productId) },
        isBlind: true,
        acceptPercent: decimal(by.acceptPercent),
        acceptValue: decimal(by.acceptValue),
        recountPercent: decimal(by.recountPercent),
      })
      const goodsOf = (productId: string) => made.find((one) => one.productId === productId)!
      const counted = new Map<string, number>()
      const told = new Set<number>()
      const countBy = async (
        client: typeof anna,
        round: number,
        missingOf: (one: Goods) => number,
      ) => {
        for (const line of await linesOf(client.client, id)) {
          if (round > 1 && line.status !== 'recount') continue
          const one = goodsOf(line.productId)
          const quantity = one.expected - missingOf(one)
          told.add(quantity)
          await client.client.checks.count.mutate({ lineId: line.id, quantity })
          counted.set(line.productId, quantity)
        }
        await client.client.checks.submit.mutate({ id })
      }

      await countBy(anna, 1, ({ missing }) => missing)
      const first = new Map(made.map((one) => [one.productId, judge(by, one, one.missing, 1)]))
      const isAgain = [...first.values()].includes('recount')
      const check = await admin.checks.get.query({ id })
      expect(check).toMatchObject(
        isAgain ? { status: 'open', round: 2 } : { status: 'review', round: 1 },
      )
      if (isAgain) {
        const line = (await linesOf(anna.client, id)).find(({ status }) => status === 'recount')!
        const own = anna.client.checks.count.mutate({ lineId: line.id, quantity: 1 })
        await expect(own).rejects.toMatchObject({ code: 'SEPARATION_OF_DUTIES' })
        await countBy(boris, 2, ({ missingNext }) => missingNext)
      }
      for (const line of await linesOf(admin, id)) {
        const one = goodsOf(line.productId)
        const before = first.get(line.productId)!
        expect(line.status).toBe(before === 'recount' ? judge(by, one, one.missingNext, 2) : before)
        expect(line).toMatchObject({
          expected: one.expected,
          variance: counted.get(line.productId)! - one.expected,
        })
      }
      for (const { bodies } of [anna, boris]) {
        const values = valuesIn(bodies)
        for (const { expected } of made) {
          if (!told.has(expected)) expect(values).not.toContain(expected)
        }
      }
      await admin.checks.approve.mutate({ id })
      for (const { productId } of made) {
        expect(await onHand(operator, productId)).toBe(counted.get(productId))
      }
    }),
    { seed, numRuns: 15, interruptAfterTimeLimit: 45_000 },
  )
  await expectSoundBook(server)
}, 180_000)
