import { type Allocation, type Cell, type Claim, createAllocation, suits } from './allocation.ts'
import { whyUnavailable } from '../lots/unavailable.ts'
import type { Goods } from './goods.sql.ts'
import { openOf } from './life.ts'
import type { ReservationRow } from './reservations.sql.ts'

/**
 * Goods of one product that may go out, shared out among the reservations: the first come first.
 * What is left for one more claim is what is available to it.
 * @param own is left out, and nobody else may have its share: what is available is available to it.
 */
export function shareOut(
  goods: readonly Cell[],
  inOrder: readonly ReservationRow[],
  own?: string,
): Allocation {
  const all = createAllocation(goods)
  const shares = inOrder.map((one) => ({ ...one, had: all.serve(one, openOf(one)) }))
  if (own === undefined) return all
  const others = createAllocation(goods)
  for (const { had, ...one } of shares) if (one.id !== own) others.serve(one, had)
  return others
}

/** The goods that may go out on a day, `YYYY-MM-DD`. */
export function usable(goods: readonly Goods[], day: string): Goods[] {
  return goods.filter((one) => whyUnavailable(one, day) === null)
}

/** Base units of the goods that suit a claim. */
export function sumOf(goods: readonly Goods[], claim: Claim): number {
  return goods.reduce((sum, one) => sum + (suits(one, claim) ? one.quantity : 0), 0)
}
