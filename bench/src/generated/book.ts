import { binId, days, lotId, partnerId, type Plan, productId, userId } from './plan.ts'
import { createRandom, uuidAt } from './random.ts'

const none = '\\N'
const msOfDay = 86_400_000

type Line = {
  type: 'incoming' | 'outgoing' | 'transfer' | 'adjustment'
  product: number
  /** Slots: places of a product. -1: outside. */
  from: number
  to: number
  quantity: number
  /** Position of the movement that it takes back, or 0. */
  reverses: number
}
type Command = {
  id: string
  number: number
  occurredAt: string
  recordedAt: string
  partner: number
  lines: Line[]
}

/**
 * The book's commands in the order in which they were recorded: some products move all the time,
 * most seldom, two in a hundred commands are learned of late, and no slot is ever below zero.
 */
function* commandsOf(plan: Plan, end: Date): Generator<Command> {
  const { products, movements, firstSlot, suppliers, customers } = plan
  const random = createRandom(4)
  const slots = firstSlot[products]!
  const onHand = new Int32Array(slots)
  const lastAt = new Float64Array(slots)
  /** The last outgoing movement of each product, to be taken back by some later one. */
  const shipped = new Map<number, { position: number; slot: number; quantity: number }>()
  const begin = end.getTime() - days * msOfDay
  let position = 0

  function lineFor(product: number): Line {
    const first = firstSlot[product]!
    const count = firstSlot[product + 1]! - first
    const slot = first + random.below(count)
    const held = onHand[slot]!
    const kind = random.next()
    const before = shipped.get(product)
    if (before && kind < 0.004) {
      shipped.delete(product)
      const { slot: to, quantity, position: reverses } = before
      return { type: 'incoming', product, from: -1, to, quantity, reverses }
    }
    if (held === 0 || kind < 0.3) {
      return {
        type: 'incoming',
        product,
        from: -1,
        to: slot,
        quantity: 20 + random.below(180),
        reverses: 0,
      }
    }
    const quantity = 1 + random.below(Math.min(held, 12))
    if (kind < 0.33) {
      const isFound = random.chance(0.5)
      return {
        type: 'adjustment',
        product,
        from: isFound ? -1 : slot,
        to: isFound ? slot : -1,
        quantity: 1,
        reverses: 0,
      }
    }
    // A transfer stays within the lot: its other places are the neighbours of the slot.
    const other = slot + 1 < first + count ? slot + 1 : slot - 1
    if (kind < 0.45 && other >= first && plan.slotLot[other] === plan.slotLot[slot]) {
      return { type: 'transfer', product, from: slot, to: other, quantity, reverses: 0 }
    }
    return { type: 'outgoing', product, from: slot, to: -1, quantity, reverses: 0 }
  }

  for (let number = 0; position < movements; number++) {
    const recorded = Math.floor(begin + (position / movements) * days * msOfDay) + (number % 7)
    const wanted = Math.min(movements - position, random.chance(0.5) ? 1 : 2 + random.below(6))
    const isLate = random.chance(0.02)
    const lines: Line[] = []
    let latest = isLate ? 0 : recorded - random.below(20_000)
    let isArriving = true
    for (let made = 0; made < wanted; made++) {
      // The cube makes few products move often; each of the others has its turn once.
      const product = position < products ? position : Math.floor(products * random.next() ** 3)
      const line = lineFor(product)
      if (line.from >= 0) {
        onHand[line.from]! -= line.quantity
        latest = Math.max(latest, lastAt[line.from]!)
        isArriving = false
      }
      if (line.to >= 0) {
        onHand[line.to]! += line.quantity
        if (line.reverses > 0) {
          latest = Math.max(latest, lastAt[line.to]!)
          isArriving = false
        }
      }
      lines.push(line)
      position++
      if (line.type === 'outgoing')
        shipped.set(product, { position, slot: line.from, quantity: line.quantity })
    }
    // Goods that arrived can be written down at any later time; others happened after all before.
    const occurred =
      isLate && isArriving
        ? recorded - random.below(20 * msOfDay)
        : Math.max(latest, isLate ? recorded - 1000 : 0)
    for (const { from, to } of lines) {
      if (from >= 0) lastAt[from] = Math.max(lastAt[from]!, occurred)
      if (to >= 0) lastAt[to] = Math.max(lastAt[to]!, occurred)
    }
    const partner =
      lines[0]!.type === 'incoming' ? random.below(suppliers) : suppliers + random.below(customers)
    yield {
      id: uuidAt(recorded, number),
      number,
      occurredAt: new Date(occurred).toISOString(),
      recordedAt: new Date(Math.max(recorded, occurred)).toISOString(),
      partner,
      lines,
    }
  }
}

/** The rows of `commands`. */
export function* commandRows(plan: Plan, end: Date): Generator<string> {
  const random = createRandom(5)
  for (const { id, number, occurredAt, recordedAt, partner } of commandsOf(plan, end)) {
    const actor = userId(random.below(plan.operators))
    const reference = number % 3 === 0 ? `PO-${Math.floor(number / 6)}` : none
    yield `${id}\tpost\tgenerated\t${actor}\t${partnerId(partner)}\t${reference}\tposted\t${occurredAt}\t${recordedAt}\n`
  }
}
export const commandColumns =
  'id, kind, content_hash, actor_id, partner_id, reference, outcome, occurred_at, recorded_at'

/** The rows of `stock_movements`, whose positions count from 1. */
export function* movementRows(plan: Plan, end: Date): Generator<string> {
  let position = 0
  const bins = Array.from({ length: plan.bins }, (_, bin) => binId(plan, bin))
  const placeOf = (slot: number) => (slot < 0 ? none : bins[plan.slotBin[slot]!]!)
  for (const { id, occurredAt, recordedAt, lines } of commandsOf(plan, end)) {
    for (const [line, { type, product, from, to, quantity, reverses }] of lines.entries()) {
      const lot = plan.slotLot[from < 0 ? to : from]!
      const reason = type === 'adjustment' ? 'found or lost at a count' : none
      yield `${++position}\t${id}\t${line}\t${type}\t${productId(product)}\t${lot < 0 ? none : lotId(lot)}\t${placeOf(from)}\t${placeOf(to)}\t${quantity}\t${reason}\t${reverses || none}\t${occurredAt}\t${recordedAt}\n`
    }
  }
}
export const movementColumns =
  'id, command_id, line, type, product_id, lot_id, from_location_id, to_location_id, quantity, reason, reverses_id, occurred_at, recorded_at'
