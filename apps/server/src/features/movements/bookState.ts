import type { Tx } from '@stockbook/db'
import {
  type Key,
  keyText,
  type LevelRow,
  lockLevels,
  lockLevelsAndProducts,
  positionsOf,
  readMoment,
  reversalsOf,
} from './book.sql.ts'
import { type Goods, locationsOf } from './goods.ts'
import type { Line } from './lines.ts'
import type { Named } from './references.sql.ts'

/** A stock level as it is after all commands that were accepted so far. */
export type Level = {
  /** Null: not in the database yet. */
  id: number | null
  onHand: bigint
  /** The latest moment at which one of its movements happened. */
  lastOccurredMs: number
}

/**
 * What the commands of one transaction are judged by: the book as it is while its levels are held,
 * and what the commands accepted so far do to it.
 */
export type BookState = {
  readonly now: Date
  /** Nothing may be posted that happened before. */
  readonly closedBefore: Date | null
  readonly named: Named
  /** By `keyText`. What is missing has never been stocked. */
  readonly levels: Map<string, Level>
  /** Levels that were changed by what is not written yet. */
  readonly changed: Set<string>
  /** Which movement took back which. */
  readonly reversedBy: Map<number, number>
  /** Positions in the book that are free to be taken. */
  readonly positions: number[]
}

/** The state of the book, but for what the commands name. */
export type HeldBook = Omit<BookState, 'named'>

/**
 * Locks the levels of these goods, then reads what the commands are judged by.
 * @param wholeProductIds products of which every level is locked
 */
export async function holdBook(
  tx: Tx,
  goods: readonly Goods[],
  reversed: readonly number[],
  wholeProductIds: readonly string[],
): Promise<HeldBook> {
  const { productIds, locationIds } = distinctPlaces(goods)
  const [levels, [moment], reversals] = await Promise.all([
    wholeProductIds.length === 0
      ? lockLevels(tx, productIds, locationIds)
      : lockLevelsAndProducts(tx, productIds, locationIds, wholeProductIds),
    readMoment(tx, goods.length),
    reversed.length === 0 ? [] : reversalsOf(tx, reversed),
  ])
  return {
    now: new Date(moment!.ms),
    closedBefore: moment!.closedBeforeMs === null ? null : new Date(moment!.closedBeforeMs),
    levels: new Map(levels.map(levelOf)),
    changed: new Set(),
    reversedBy: new Map(
      reversals.map(({ movementId, reversedById }) => [movementId, reversedById]),
    ),
    positions: positionsOf(moment!),
  }
}

/**
 * Locks levels that the lines take from and that another transaction made while this one waited for
 * its locks: the others are seen as that one left them, so these must be too.
 * @returns the book with them; the same book when there was none
 */
export async function holdLateLevels(
  tx: Tx,
  book: BookState,
  lines: readonly Line[],
): Promise<BookState> {
  const levels = new Map(book.levels)
  let held = book
  for (;;) {
    const missing = lines
      .flatMap(sidesOf)
      .filter((side) => side.change < 0 && !levels.has(keyText(side)))
    if (missing.length === 0) return held
    const [found, [moment]] = await Promise.all([
      lockLevels(
        tx,
        missing.map(({ productId }) => productId),
        missing.map(({ locationId }) => locationId),
      ),
      readMoment(tx, 0),
    ])
    if (found.every((row) => levels.has(keyText(row)))) return held
    for (const row of found) levels.set(...levelOf(row))
    // Positions taken before the last lock would not grow with the time of writing.
    held = { ...book, levels, now: new Date(moment!.ms), positions: [] }
  }
}

const levelOf = (row: LevelRow): [string, Level] => [
  keyText(row),
  { id: row.id, onHand: BigInt(row.onHand), lastOccurredMs: row.lastOccurredMs },
]

/** What a line takes from a stock level, and what it gives to one. */
export function sidesOf(line: Line): (Key & { change: number })[] {
  const { productId, lotId, fromLocationId, toLocationId, quantity } = line
  const sides = []
  if (fromLocationId !== null) {
    sides.push({ productId, lotId, locationId: fromLocationId, change: -quantity })
  }
  if (toLocationId !== null) {
    sides.push({ productId, lotId, locationId: toLocationId, change: quantity })
  }
  return sides
}

function distinctPlaces(goods: readonly Goods[]) {
  const productIds: string[] = []
  const locationIds: string[] = []
  const seen = new Set<string>()
  for (const one of goods) {
    for (const locationId of locationsOf(one)) {
      const place = `${one.productId} ${locationId}`
      if (seen.has(place)) continue
      seen.add(place)
      productIds.push(one.productId)
      locationIds.push(locationId)
    }
  }
  return { productIds, locationIds }
}
