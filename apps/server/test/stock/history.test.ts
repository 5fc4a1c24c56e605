import { randomInt } from 'node:crypto'
import { listAll } from '@stockbook/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)

/** Many at one moment, some of one day, some years apart: all of them recorded today. */
const moments = ['2019-12-31T23:59:59.999Z', '2020-01-01T00:00:00Z', '2020-01-01T12:00:00Z']
  .concat(['2020-02-29T12:00:00Z', '2023-06-15T08:30:00Z', '2023-06-15T08:30:00.001Z'])
  .map((text) => new Date(text))

/** From a bin to another; between the same: in from outside, or out. */
const move = fc.record({
  from: fc.nat(1),
  to: fc.nat(1),
  isArrival: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 9 }),
  occurredAt: fc.constantFrom(...moments),
})

test(`the balance after each movement is the sum of all up to it, whatever came late (seed ${seed})`, async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const bins = await makeBins(admin, 2)
  const given = fc.tuple(
    fc.array(move, { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 1, max: 5 }),
  )
  await fc.assert(
    fc.asyncProperty(given, async ([moves, limit]) => {
      const { id: productId } = await makeProduct(admin)
      // Enough in both for all of them.
      for (const bin of bins) await receive(operator, productId, bin, 200, new Date('2019-01-01'))
      for (const { from, to, isArrival, quantity, occurredAt } of moves) {
        const there = { productId, quantity }
        const [fromLocationId, toLocationId] = [bins[from]!, bins[to]!]
        await operator.movements.post.mutate({
          occurredAt,
          lines: [
            from !== to
              ? { type: 'transfer', ...there, fromLocationId, toLocationId }
              : isArrival
                ? { type: 'incoming', ...there, toLocationId }
                : { type: 'outgoing', ...there, fromLocationId },
          ],
        })
      }
      for (const locationId of [undefined, ...bins]) {
        const scope = { productId, limit, ...(locationId && { locationId }) }
        const told = []
        for await (const row of listAll(operator.stock.history, scope)) told.push(row)
        const isInside = (id: string | null) =>
          id !== null && (locationId === undefined || id === locationId)
        const movements = []
        for await (const one of listAll(operator.movements.list, { productId })) {
          if (isInside(one.fromLocationId) || isInside(one.toLocationId)) movements.push(one)
        }
        movements.sort((a, b) => Number(a.occurredAt) - Number(b.occurredAt) || a.id - b.id)
        let onHand = 0
        const expected = movements.map(({ id, fromLocationId, toLocationId, quantity }) => {
          if (isInside(toLocationId)) onHand += quantity
          if (isInside(fromLocationId)) onHand -= quantity
          return [id, onHand]
        })
        expect(told.map(({ id, onHandAfter }) => [id, onHandAfter])).toEqual(expected.reverse())
      }
    }),
    { seed, numRuns: 15, interruptAfterTimeLimit: 60_000 },
  )
}, 180_000)
