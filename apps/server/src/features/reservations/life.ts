import type { reservationChanges, reservations } from '@stockbook/db'

type Row = typeof reservations.$inferSelect

/** What changes in the life of a reservation. */
export type LifeState = Pick<Row, 'quantity' | 'shipped' | 'released' | 'short' | 'status'>

/** One thing that happens to a reservation, and the base units that it happens to. */
export type LifeChange = Pick<typeof reservationChanges.$inferSelect, 'kind' | 'quantity'>

/** Base units that a reservation still holds, unless it has expired. */
export const openOf = ({
  quantity,
  shipped,
  released,
}: Pick<LifeState, 'quantity' | 'shipped' | 'released'>) => quantity - shipped - released

/** A reservation of so many base units as it begins. */
export const newLife = (quantity: number): LifeState => ({
  quantity,
  shipped: 0,
  released: 0,
  short: 0,
  status: 'held',
})

/** What a change makes of a reservation. Whatever is no longer open is no longer short either. */
export function afterChange(state: LifeState, { kind, quantity }: LifeChange): LifeState {
  const sent = kind === 'shipped' ? quantity : kind === 'reversed' ? -quantity : 0
  const shipped = state.shipped + sent
  const released = state.released + (kind === 'released' || kind === 'expired' ? quantity : 0)
  const open = openOf({ quantity: state.quantity, shipped, released })
  const gone = kind === 'short' ? quantity : kind === 'recovered' ? -quantity : 0
  const short = Math.min(state.short + gone, open)
  const life = { quantity: state.quantity, shipped, released, short }
  if (open === 0) return { ...life, status: endedBy(kind) ?? state.status }
  return { ...life, status: short > 0 ? 'short' : shipped > 0 ? 'partly_shipped' : 'held' }
}

function endedBy(kind: LifeChange['kind']): LifeState['status'] | null {
  return kind === 'shipped' || kind === 'released' || kind === 'expired' ? kind : null
}
