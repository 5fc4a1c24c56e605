import type { Tx } from '@stockbook/db'
import {
  type Key,
  keyText,
  lastClosing,
  type LevelRow,
  lockLevels,
  readClock,
  reversalsOf,
  takePositions,
} from './book.sql.ts'
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

/** Locks the levels that the lines touch, then reads what they are judged by. */
export async function loadBook(tx: Tx, named: Named, lines: readonly Line[]): Promise<BookState> {
  const places = distinctPlaces(lines)
  const reversed = lines.flatMap(({ reversesId }) => reversesId ?? [])
  const [levels, clock, closing, positions, reversals] = await Promise.all([
    lockLevels(
      tx,
      places.map(({ productId }) => productId),
      places.map(({ locationId }) => locationId),
    ),
    readClock(tx),
    lastClosing(tx),
    takePositions(tx, lines.length),
    reversed.length === 0 ? [] : reversalsOf(tx, reversed),
  ])
  const held = new Map(levels.map(levelOf))
  const lateClock = await lockLateLevels(tx, held, lines)
  return {
    now: new Date((lateClock ?? clock)[0]!.ms),
    closedBefore: closing[0] ? new Date(closing[0].closedBeforeMs) : null,
    named,
    levels: held,
    changed: new Set(),
    reversedBy: new Map(
      reversals.map(({ movementId, reversedById }) => [movementId, reversedById]),
    ),
    // Taken before the last lock they would not grow with the time of writing.
    positions: lateClock ? [] : positions.map(({ id }) => id),
  }
}

/**
 * Locks levels that the lines take from and that another transaction made while this one waited for
 * its locks: the others are seen as that one left them, so these must be too.
 * @returns the clock after the last of these locks, null when there was none
 */
async function lockLateLevels(tx: Tx, held: Map<string, Level>, lines: readonly Line[]) {
  let clock: Awaited<ReturnType<typeof readClock>> | null = null
  for (;;) {
    const missing = lines.flatMap(sidesOf).filter((side) => {
      return side.change < 0 && !held.has(keyText(side))
    })
    if (missing.length === 0) return clock
    const [found, now] = await Promise.all([
      lockLevels(
        tx,
        missing.map(({ productId }) => productId),
        missing.map(({ locationId }) => locationId),
      ),
      readClock(tx),
    ])
    if (found.every((row) => held.has(keyText(row)))) return clock
    for (const row of found) held.set(...levelOf(row))
    clock = now
  }
}

const levelOf = (row: LevelRow): [string, Level] => [
  keyText(row),
  { id: row.id, onHand: BigInt(row.onHand), lastOccurredMs: row.lastOccurredMs },
]

/** What a line takes from a stock level, and what it gives to one. */
export function sidesOf(line: Line): (Key & { change: number })[] {
  const { productId, lotId, fromLocationId, toLocationId, quantity } = line
  return [
    ...(fromLocationId === null
      ? []
      : [{ productId, lotId, locationId: fromLocationId, change: -quantity }]),
    ...(toLocationId === null
      ? []
      : [{ productId, lotId, locationId: toLocationId, change: quantity }]),
  ]
}

function distinctPlaces(lines: readonly Line[]): Omit<Key, 'lotId'>[] {
  const places = new Map<string, Omit<Key, 'lotId'>>()
  for (const line of lines) {
    for (const { productId, locationId } of sidesOf(line)) {
      places.set(`${productId} ${locationId}`, { productId, locationId })
    }
  }
  return [...places.values()]
}
