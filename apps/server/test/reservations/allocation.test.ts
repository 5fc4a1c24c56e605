import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Cell,
  type Claim,
  createAllocation,
  suits,
} from '../../src/features/reservations/allocation.ts'

type Wish = Claim & { quantity: number }

/** A warehouse with two zones of two bins, and three lots. */
const paths = {
  a1: ['a1', 'a', 'w'],
  a2: ['a2', 'a', 'w'],
  b1: ['b1', 'b', 'w'],
  b2: ['b2', 'b', 'w'],
}
const lotIds = ['red', 'green', 'blue']

const cells = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom(...Object.values(paths)),
      lotId: fc.constantFrom(...lotIds),
      quantity: fc.nat(6),
    }),
    { selector: ({ path, lotId }) => `${path[0]} ${lotId}`, maxLength: 7 },
  )
  .map((all): Cell[] => all)
const wish: fc.Arbitrary<Wish> = fc.record({
  locationId: fc.constantFrom(null, 'w', 'a', 'b', ...Object.keys(paths)),
  lotId: fc.constantFrom(null, ...lotIds),
  quantity: fc.integer({ min: 1, max: 9 }),
})
const wishes = fc.array(wish, { maxLength: 6 })

/** Hall's theorem: all can be served when no group of them wants more than what suits one of the group. */
function canAllBeServed(goods: readonly Cell[], all: readonly Wish[]): boolean {
  for (let group = 1; group < 2 ** all.length; group++) {
    const members = all.filter((_, index) => group & (2 ** index))
    const wanted = members.reduce((sum, { quantity }) => sum + quantity, 0)
    const suiting = goods.filter((cell) => members.some((member) => suits(cell, member)))
    if (wanted > suiting.reduce((sum, { quantity }) => sum + quantity, 0)) return false
  }
  return true
}

/** How much a claim can have beside others, found by trying. */
function mostBeside(goods: readonly Cell[], others: readonly Wish[], claim: Claim): number {
  let quantity = 0
  while (canAllBeServed(goods, [...others, { ...claim, quantity: quantity + 1 }])) quantity += 1
  return quantity
}

test('each claim gets as much as can be had beside those before it, by trying all ways', () => {
  fc.assert(
    fc.property(cells, wishes, wish, (goods, all, oneMore) => {
      const allocation = createAllocation(goods)
      const had: Wish[] = []
      for (const { quantity, ...claim } of all) {
        const most = Math.min(quantity, mostBeside(goods, had, claim))
        expect(allocation.serve(claim, quantity)).toBe(most)
        if (most > 0) had.push({ ...claim, quantity: most })
      }
      expect(allocation.available(oneMore)).toBe(mostBeside(goods, had, oneMore))
    }),
    { numRuns: 500 },
  )
})

test('asking what is available changes nothing of what is served', () => {
  fc.assert(
    fc.property(cells, wishes, wish, (goods, all, asked) => {
      const [quiet, asking] = [createAllocation(goods), createAllocation(goods)]
      const served = all.map((one) => quiet.serve(one, one.quantity))
      const servedWhileAsked = all.map((one) => {
        asking.available(asked)
        return asking.serve(one, one.quantity)
      })
      expect(servedWhileAsked).toEqual(served)
    }),
  )
})

test('the largest quantities there can be are told exactly', () => {
  const most = Number.MAX_SAFE_INTEGER
  const allocation = createAllocation([
    { path: paths.a1, lotId: null, quantity: most },
    { path: paths.b1, lotId: null, quantity: most },
  ])
  expect(allocation.serve({ locationId: 'w', lotId: null }, most)).toBe(most)
  expect(allocation.serve({ locationId: 'a1', lotId: null }, most - 1)).toBe(most - 1)
  expect(allocation.available({ locationId: 'b1', lotId: null })).toBe(1)
  expect(allocation.available({ locationId: null, lotId: null })).toBe(1)
})

test('a thousand reservations of a thousand bins are shared out without trying all ways', () => {
  const bins = Array.from({ length: 1000 }, (_, index) => `bin ${index}`)
  const allocation = createAllocation(
    bins.map((bin) => ({ path: [bin, 'w'], lotId: null, quantity: 2 })),
  )
  for (const bin of bins) expect(allocation.serve({ locationId: bin, lotId: null }, 1)).toBe(1)
  expect(allocation.serve({ locationId: 'w', lotId: null }, 700)).toBe(700)
  expect(allocation.available({ locationId: 'w', lotId: null })).toBe(300)
})
