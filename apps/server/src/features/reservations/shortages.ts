import { type Cell, createAllocation } from './allocation.ts'
import { openOf } from './life.ts'
import type { ReservationChange } from './changes.ts'
import { type ReservationRow, runsOutBy } from './reservations.sql.ts'

/** How much of each reservation can be had when the goods go to the first come first. */
export function served(
  goods: readonly Cell[],
  inOrder: readonly ReservationRow[],
): Map<string, number> {
  const allocation = createAllocation(goods)
  return new Map(
    inOrder.map((reservation) => [
      reservation.id,
      allocation.serve(reservation, openOf(reservation)),
    ]),
  )
}

/**
 * What must be written so that each reservation says how much of it is not there any more, given
 * all that is on hand of one product. The latest come goes short first.
 */
export function changesOfShortness(
  goods: readonly Cell[],
  inOrder: readonly ReservationRow[],
  now: Date,
  { commandId, actorId }: Pick<ReservationChange, 'commandId' | 'actorId'>,
): ReservationChange[] {
  const active = inOrder.filter((one) => openOf(one) > 0 && !runsOutBy(one, now))
  const had = served(goods, active)
  return active.flatMap((reservation) => {
    const more = openOf(reservation) - had.get(reservation.id)! - reservation.short
    if (more === 0) return []
    const kind = more > 0 ? ('short' as const) : ('recovered' as const)
    return [{ reservation, kind, quantity: Math.abs(more), commandId, actorId }]
  })
}
