import type { Location, Packaging, Product } from '../catalogue/catalogue.ts'
import type { Found, ScannedLot } from '../scanning/findScan.ts'
import { baseUnitsOf } from './quantity.ts'

/** The tasks that move goods. */
export type Task = 'receive' | 'move' | 'ship'

/** A command as far as it is scanned. */
export type Draft = {
  product: Product | null
  lot: ScannedLot | null
  /** What `quantity` counts. `null`: base units. */
  packaging: Packaging | null
  /** As a person typed it. */
  quantity: string
  from: Location | null
  to: Location | null
}

export const emptyDraft: Draft = {
  product: null,
  lot: null,
  packaging: null,
  quantity: '1',
  from: null,
  to: null,
}

/** What a draft still wants, in the order in which a person would think of it. */
export type Want = 'product' | 'lot' | 'from' | 'to' | 'quantity' | 'confirm'

const sides: Readonly<Record<Task, readonly ('from' | 'to')[]>> = {
  receive: ['to'],
  move: ['from', 'to'],
  ship: ['from'],
}

export function sidesOf(task: Task): readonly ('from' | 'to')[] {
  return sides[task]
}

/** The first thing that is missing; `confirm` when nothing is. */
export function wantOf(task: Task, draft: Draft): Want {
  if (draft.product === null) return 'product'
  if (draft.product.tracking === 'lot' && draft.lot === null) return 'lot'
  const side = sides[task].find((each) => draft[each] === null)
  if (side !== undefined) return side
  return baseUnitsOf(draft.quantity, draft.packaging) === null ? 'quantity' : 'confirm'
}

/** Why a scan was not taken. Nothing of it is in the draft. */
export type WrongScan = {
  got:
    | 'otherProduct'
    | 'otherLocation'
    | 'sameLocation'
    | 'location'
    | 'noBin'
    | 'otherLot'
    | 'unknownLot'
    | 'lotConflict'
  /** What was read, in words of the label. */
  what: string
  /** What would have been right. */
  expected: Want
  /** More on what is wrong. `null`: there is no more to say. */
  reason: LotReason | null
}

/** The lot that a label names, and the last good days that stand against each other. */
export type LotReason = { lot: string; days: readonly string[] }

export type Accepted =
  | { draft: Draft; took: 'product' | 'more' | 'from' | 'to' | 'again' }
  | WrongScan

/** Takes a scan into a draft where it has a place there; whatever else it is, it is a wrong one. */
export function accept(task: Task, draft: Draft, found: Found): Accepted {
  const expected = wantOf(task, draft)
  return found.kind === 'product'
    ? acceptProduct(task, draft, found, expected)
    : acceptLocation(task, draft, found.location, expected)
}

function acceptProduct(
  task: Task,
  draft: Draft,
  { product, packaging, count, lot }: Extract<Found, { kind: 'product' }>,
  expected: Want,
): Accepted {
  const wrong = (got: WrongScan['got'], reason: LotReason | null = null): WrongScan => ({
    got,
    what: product.name,
    expected,
    reason,
  })
  if (draft.product !== null && draft.product.id !== product.id) return wrong('otherProduct')
  if (lot !== null && lot.otherExpiry !== null) {
    return wrong('lotConflict', { lot: lot.code, days: [lot.expiresOn!, lot.otherExpiry] })
  }
  // Only goods that come in may bring a lot that nobody has told of.
  if (lot !== null && lot.known === null && task !== 'receive')
    return wrong('unknownLot', { lot: lot.code, days: [] })
  if (lot !== null && draft.lot !== null && lot.code !== draft.lot.code) {
    return wrong('otherLot', { lot: lot.code, days: [] })
  }
  const scannedLot = product.tracking === 'lot' ? (lot ?? draft.lot) : null
  if (draft.product === null) {
    const quantity = String(count ?? 1)
    return { draft: { ...draft, product, packaging, quantity, lot: scannedLot }, took: 'product' }
  }
  return { draft: { ...added(draft, packaging, count ?? 1), lot: scannedLot }, took: 'more' }
}

/** Counts up: in the same packaging while that is scanned, else in base units. */
function added(draft: Draft, packaging: Packaging | null, count: number): Draft {
  const had = baseUnitsOf(draft.quantity, draft.packaging) ?? 0
  if (packaging?.id === draft.packaging?.id && /^\d+$/.test(draft.quantity)) {
    return { ...draft, quantity: String(Number(draft.quantity) + count) }
  }
  const more = count * (packaging?.factor ?? 1)
  return { ...draft, packaging: null, quantity: String(had + more) }
}

function acceptLocation(task: Task, draft: Draft, location: Location, expected: Want): Accepted {
  const wrong = (got: WrongScan['got']): WrongScan => ({
    got,
    what: location.code,
    expected,
    reason: null,
  })
  if (location.kind !== 'bin') return wrong('noBin')
  const side = sides[task].find((each) => draft[each] === null)
  const isThere = sides[task].some((each) => draft[each]?.id === location.id)
  if (side === undefined) {
    if (isThere) return { draft, took: 'again' }
    return wrong(expected === 'product' ? 'location' : 'otherLocation')
  }
  if (isThere) return wrong('sameLocation')
  return { draft: { ...draft, [side]: location }, took: side }
}
