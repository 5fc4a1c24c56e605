/** Goods of one product of which some is held, in memory. Holds without lots: the plain rule. */

/** Stands for the warehouse with all bins. */
export type HeldPlace = number | 'all'

type Hold = { id: string; place: HeldPlace; quantity: number; shipped: number; released: number }

export type HoldsVerdict =
  | { outcome: 'posted'; changed?: { open: number } }
  | { outcome: 'INSUFFICIENT_STOCK'; available: number; requested: number }
  | { outcome: 'RESERVATION_EXCEEDED'; open: number; requested: number }
  | { outcome: 'RESERVATION_CLOSED' }

export type HoldsCommand =
  | { do: 'hold'; id: string | null; place: HeldPlace; quantity: number }
  | { do: 'release'; id: string; quantity: number | null }
  | { do: 'move'; from: number | null; to: number | null; quantity: number; id: string | null }

const openOf = ({ quantity, shipped, released }: Hold) => quantity - shipped - released

export class ModelHolds {
  readonly onHand: number[]
  private readonly holds: Map<string, Hold>

  constructor(bins: number)
  constructor(other: ModelHolds)
  constructor(from: number | ModelHolds) {
    this.onHand = typeof from === 'number' ? Array<number>(from).fill(0) : [...from.onHand]
    this.holds = new Map(
      typeof from === 'number' ? [] : [...from.holds].map(([id, hold]) => [id, { ...hold }]),
    )
  }

  take(command: HoldsCommand): HoldsVerdict {
    if (command.do === 'hold') return this.hold(command)
    if (command.do === 'release') return this.release(command)
    return this.move(command)
  }

  private hold({ id, place, quantity }: HoldsCommand & { do: 'hold' }): HoldsVerdict {
    const available = this.available(place)
    if (available < quantity) {
      return { outcome: 'INSUFFICIENT_STOCK', available, requested: quantity }
    }
    if (id !== null) this.holds.set(id, { id, place, quantity, shipped: 0, released: 0 })
    return { outcome: 'posted', changed: { open: quantity } }
  }

  private release({ id, quantity }: HoldsCommand & { do: 'release' }): HoldsVerdict {
    const hold = this.holds.get(id)!
    const open = openOf(hold)
    const wasGivenBack = open === 0 && hold.shipped < hold.quantity
    const requested = quantity ?? open
    if (requested > open && !wasGivenBack)
      return { outcome: 'RESERVATION_EXCEEDED', open, requested }
    if (open > 0) hold.released += requested
    return { outcome: 'posted', changed: { open: openOf(hold) } }
  }

  private move({ from, to, quantity, id }: HoldsCommand & { do: 'move' }): HoldsVerdict {
    const hold = id === null ? null : this.holds.get(id)!
    if (hold) {
      const open = openOf(hold)
      if (open === 0) return { outcome: 'RESERVATION_CLOSED' }
      if (quantity > open) return { outcome: 'RESERVATION_EXCEEDED', open, requested: quantity }
    }
    if (to !== null) this.onHand[to]! += quantity
    const available = from === null ? 0 : this.available(from, id)
    if (from !== null && available < quantity) {
      if (to !== null) this.onHand[to]! -= quantity
      return { outcome: 'INSUFFICIENT_STOCK', available, requested: quantity }
    }
    if (from !== null) this.onHand[from]! -= quantity
    if (hold) hold.shipped += quantity
    return { outcome: 'posted' }
  }

  /** What there is beside what is held: the least over the place and all that it stands in. */
  private available(place: HeldPlace, own: string | null = null): number {
    const others = [...this.holds.values()].filter(({ id }) => id !== own)
    const heldIn = (holds: readonly Hold[]) => holds.reduce((sum, hold) => sum + openOf(hold), 0)
    const inAll = this.onHand.reduce((sum, level) => sum + level, 0) - heldIn(others)
    if (place === 'all') return inAll
    return Math.min(
      inAll,
      this.onHand[place]! - heldIn(others.filter((one) => one.place === place)),
    )
  }
}
