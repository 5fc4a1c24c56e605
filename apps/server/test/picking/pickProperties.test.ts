import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct } from '../../src/testing/warehouse.ts'
import { dayAfter, stockLot } from './goods.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)

const today = new Date().toISOString().slice(0, 10)

const lot = fc.record({
  /** Days from today to the last good one. */
  good: fc.option(fc.integer({ min: -3, max: 12 })),
  quantity: fc.integer({ min: 1, max: 40 }),
  status: fc.constantFrom('available', 'available', 'available', 'hold', 'recalled'),
})
const wish = fc.record({
  quantity: fc.integer({ min: 1, max: 120 }),
  held: fc.integer({ min: 0, max: 40 }),
  minimumShelfLifeDays: fc.constantFrom(0, 0, 1, 5, 10),
})

test(`whatever lots there are, the first to expire are picked first, none that may not go, and nothing that is held (seed ${seed})`, async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  await fc.assert(
    fc.asyncProperty(fc.array(lot, { minLength: 1, maxLength: 6 }), wish, async (lots, wished) => {
      const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
      for (const [index, { good, quantity, status }] of lots.entries()) {
        const expiresOn = good === null ? null : dayAfter(today, good)
        const code = `L${index}`
        await stockLot(operator, { productId, code, expiresOn, status }, bin, quantity)
      }
      const sum = (some: readonly { quantity: number }[]) =>
        some.reduce((total, { quantity }) => total + quantity, 0)
      const named = lots.map((one, index) => ({ ...one, code: `L${index}` }))
      const usable = named.filter(({ status, good }) => status === 'available' && (good ?? 0) >= 0)
      const held = Math.min(wished.held, sum(usable))
      if (held > 0) {
        await operator.reservations.hold.mutate({ productId, locationId: bin, quantity: held })
      }

      const { quantity, minimumShelfLifeDays } = wished
      const answer = await operator.stock.suggestPick.query({
        productId,
        quantity,
        on: today,
        minimumShelfLifeDays,
      })
      const livesOn = usable.filter(({ good }) => (good ?? Infinity) >= minimumShelfLifeDays)
      // Those that expire together go in the order in which they came.
      const inOrder = livesOn.toSorted((one, other) => (one.good ?? 9_999) - (other.good ?? 9_999))
      let left = Math.min(quantity, sum(livesOn), sum(usable) - held)
      const picks = inOrder.flatMap(({ code, quantity: there }) => {
        const picked = Math.min(left, there)
        left -= picked
        return picked > 0 ? [[code, picked]] : []
      })
      expect(answer.picks.map((one) => [one.lotCode, one.quantity])).toEqual(picks)
      expect(answer.picked + answer.short).toBe(quantity)
      expect(answer.picked).toBe(sum(answer.picks))
      const reasons = new Map(answer.leftOut.map((one) => [one.lotCode, one.reason]))
      for (const { code, status, good } of named) {
        const reason = reasons.get(code)
        if (status !== 'available') expect(reason).toBe(status)
        else if (good !== null && good < 0) expect(reason).toBe('expired')
        else if (good !== null && good < minimumShelfLifeDays) expect(reason).toBe('short_lived')
        else expect([undefined, 'held']).toContain(reason)
      }

      // What is suggested can go out just like that, held or not.
      if (answer.picks.length === 0) return
      await operator.movements.post.mutate({
        lines: answer.picks.map((one) => ({
          type: 'outgoing',
          productId,
          lotId: one.lotId,
          fromLocationId: one.locationId,
          quantity: one.quantity,
        })),
      })
      expect(await operator.stock.explain.query({ productId })).toMatchObject({ held, short: 0 })
    }),
    { seed, numRuns: 40, interruptAfterTimeLimit: 45_000 },
  )
}, 180_000)
