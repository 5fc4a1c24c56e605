import type { WrittenMovement } from './book.sql.ts'
import type { Command, LineInput } from './command.ts'
import type { NamedIds } from './references.sql.ts'

/** What a line moves, and where: what it says itself, or the movement that it takes back. */
export type Goods = Exclude<LineInput, { type: 'reversal' }> | WrittenMovement

/** The movements that lines take back. */
export const takenBackBy = (lines: readonly LineInput[]): number[] => [
  ...new Set(lines.flatMap((line) => (line.type === 'reversal' ? line.movementId : []))),
]

/** What lines move, given the movements that they take back. */
export function goodsOf(
  lines: readonly LineInput[],
  originals: readonly WrittenMovement[],
): readonly Goods[] {
  const own = lines.filter((line) => line.type !== 'reversal')
  return originals.length === 0 ? own : [...own, ...originals]
}

/**
 * Products that must be held as a whole, every level of them: what shipped against a reservation is held
 * again when it is taken back, from anywhere in the place of the reservation.
 */
export const wholeProducts = (originals: readonly WrittenMovement[]): string[] => [
  ...new Set(
    originals.flatMap(({ productId, reservationId }) => (reservationId === null ? [] : productId)),
  ),
]

/** Where something goes from or to. */
export function locationsOf(goods: Goods): string[] {
  if ('locationId' in goods) return [goods.locationId]
  const from = 'fromLocationId' in goods ? goods.fromLocationId : null
  const to = 'toLocationId' in goods ? goods.toLocationId : null
  return [...(from === null ? [] : [from]), ...(to === null ? [] : [to])]
}

/** The ids of all that commands and their goods name. */
export function namedIds(commands: readonly Command[], goods: readonly Goods[]): NamedIds {
  const products = new Set<string>()
  const locations = new Set<string>()
  const lots = new Set<string>()
  const packagings = new Set<string>()
  for (const one of goods) {
    products.add(one.productId)
    for (const locationId of locationsOf(one)) locations.add(locationId)
    if (one.lotId !== null) lots.add(one.lotId)
    if ('packagingId' in one && one.packagingId !== null) packagings.add(one.packagingId)
  }
  const partners = new Set(commands.flatMap(({ partnerId }) => partnerId ?? []))
  return { products, locations, lots, packagings, partners }
}
