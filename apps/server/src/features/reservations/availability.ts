import { type Allocation, type Claim, createAllocation, suits } from './allocation.ts'
import { type Goods, whyUnavailable } from './goods.sql.ts'
import { openOf } from './life.ts'
import type { ReservationRow } from './reservations.sql.ts'

/**
 * The goods of one product that may go out on a day, shared out among the reservations: the first
 * come first. What is left for one more claim is what is available to it.
 */
export function shareOut(
  goods: readonly Goods[],
  inOrder: readonly ReservationRow[],
  day: string,
): Allocation {
  const allocation = createAllocation(usable(goods, day))
  for (const reservation of inOrder) allocation.serve(reservation, openOf(reservation))
  return allocation
}

/** The goods that may go out on a day. */
export function usable(goods: readonly Goods[], day: string): Goods[] {
  return goods.filter((one) => whyUnavailable(one, day) === null)
}

/** Base units of the goods that suit a claim. */
export function sumOf(goods: readonly Goods[], claim: Claim): number {
  return goods.reduce((sum, one) => sum + (suits(one, claim) ? one.quantity : 0), 0)
}
