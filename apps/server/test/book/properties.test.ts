import { randomInt } from 'node:crypto'
import { mostBaseUnits } from '@stockbook/client/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBaseUnits } from '../../src/features/movements/quantity.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { dateOfDay, days } from './modelSteps.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const timeout = 180_000
const bounds = { seed, numRuns: 12, interruptAfterTimeLimit: 60_000 }

/** Between two of three bins, or out of one when both are the same. */
const move = fc.record({
  from: fc.nat(2),
  to: fc.nat(2),
  quantity: fc.integer({ min: 1, max: 9 }),
  day: fc.nat(days - 1),
})
const moves = fc.array(move, { minLength: 1, maxLength: 10 })
type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never

function lineOf({ from, to, quantity }: Move, productId: string, bins: readonly string[]) {
  const goods = { productId, fromLocationId: bins[from]!, quantity }
  return from === to
    ? ({ type: 'outgoing', ...goods } as const)
    : ({ type: 'transfer', ...goods, toLocationId: bins[to]! } as const)
}

test(
  `independent movements give the same stock in every order (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const bins = await makeBins(admin, 3)
    const orders = moves.chain((one) =>
      fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })),
    )

    async function stockAfter(inOrder: readonly Move[]) {
      const { id: productId } = await makeProduct(admin)
      // Enough in every bin for all of them, so that none depends on another.
      for (const bin of bins) await receive(operator, productId, bin, 100, dateOfDay(0))
      for (const one of inOrder) {
        await operator.movements.post.mutate({
          occurredAt: dateOfDay(one.day),
          lines: [lineOf(one, productId, bins)],
        })
      }
      const now = await operator.stock.levels.query({ productId })
      const then = await operator.stock.asOf.query({ productId, at: dateOfDay(days >> 1) })
      return [now, then].map(({ items }) =>
        Object.fromEntries(items.map(({ locationId, onHand }) => [locationId, onHand])),
      )
    }

    await fc.assert(
      fc.asyncProperty(orders, async ([one, other]) => {
        expect(await stockAfter(other)).toEqual(await stockAfter(one))
      }),
      bounds,
    )
    await expectSoundBook(server)
  },
  timeout,
)

test(
  `a reversal undoes its command exactly (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const { admin, operator } = server
    const bins = await makeBins(admin, 3)

    await fc.assert(
      fc.asyncProperty(moves, async (lines) => {
        const { id: productId } = await makeProduct(admin)
        for (const bin of bins) await receive(operator, productId, bin, 100)
        const before = await operator.stock.levels.query({ productId })
        const { commandId, movements } = await operator.movements.post.mutate({
          lines: lines.map((one) => lineOf(one, productId, bins)),
        })
        const reversal = await operator.movements.reverse.mutate({
          reversedCommandId: commandId,
          reason: 'a mistake',
        })
        expect(reversal.movements.map(({ reversesId }) => reversesId)).toEqual(
          movements.map(({ id }) => id),
        )
        expect(await operator.stock.levels.query({ productId })).toEqual(before)
      }),
      bounds,
    )
    await expectSoundBook(server)
  },
  timeout,
)

const decimal = fc.tuple(
  fc.nat(999_999_999_999),
  fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,6}$/)),
)

test(`a count of packagings comes to exact base units, or is refused (seed ${seed})`, () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: 1, max: 1_000_000_000 }), ([whole, places], factor) => {
      const quantity = places === '' ? `${whole}` : `${whole}.${places}`
      const millionths =
        (BigInt(whole) * 1_000_000n + BigInt(places.padEnd(6, '0'))) * BigInt(factor)
      const units = millionths / 1_000_000n
      const isExact = millionths % 1_000_000n === 0n && units > 0n && units <= BigInt(mostBaseUnits)
      if (isExact) expect(BigInt(toBaseUnits(quantity, factor, 0))).toBe(units)
      else expect(() => toBaseUnits(quantity, factor, 0)).toThrow('not a whole number')
    }),
    { seed, numRuns: 5_000 },
  )
})
