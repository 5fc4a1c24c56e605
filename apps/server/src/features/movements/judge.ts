import { locations, products, type Tx } from '@stockbook/db'
import { inArray } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { firstShortage, type Key, keyText, lockLevels, readClock, reversalsOf } from './book.sql.ts'
import { invalidLine, type Line } from './lines.ts'

type Levels = Awaited<ReturnType<typeof lockLevels>>

export type Judgement = {
  occurredAt: Date
  recordedAt: Date
  /** Why the state of the book does not allow the command; null when it does. */
  refusal: StockError | null
}

/** How far ahead of ours the clock of a scanner may run. */
const clockToleranceMs = 5 * 60 * 1000

/** At most this many shortages are told in one refusal. */
const toldShortages = 100

/**
 * Locks the levels that the lines touch, and decides. From here to the end of the transaction
 * nobody else can change what the decision rests on.
 * @throws StockError OCCURRED_AT_IN_FUTURE; INVALID_INPUT when a level would grow too large to count
 */
export async function judge(
  tx: Tx,
  lines: readonly Line[],
  requestedOccurredAt: Date | undefined,
): Promise<Judgement> {
  const changes = sumByKey(lines)
  const levels = await lockLevels(tx, [...changes.values()])
  const recordedAt = await readClock(tx)
  const latest = Math.max(
    recordedAt.getTime(),
    ...[...levels.values()].map((level) => level.lastOccurredAt.getTime()),
  )
  if (
    requestedOccurredAt &&
    requestedOccurredAt.getTime() > recordedAt.getTime() + clockToleranceMs
  ) {
    throw new StockError('OCCURRED_AT_IN_FUTURE', {
      occurredAt: requestedOccurredAt,
      now: recordedAt,
    })
  }
  refuseOverflow(lines, changes, levels)
  // "Now" means after all that the book knows of these goods, whatever a fast clock has dated.
  const occurredAt = requestedOccurredAt ?? new Date(latest)
  const refusal =
    refuseArchived(lines) ??
    (await refuseReversal(tx, lines, occurredAt)) ??
    (await refuseShortage(tx, changes, levels, occurredAt))
  return { occurredAt, recordedAt, refusal }
}

type Change = Key & { change: number }

function sumByKey(lines: readonly Line[]): Map<string, Change> {
  const changes = new Map<string, Change>()
  const add = (line: Line, locationId: string | null, quantity: number) => {
    if (locationId === null) return
    const key = { productId: line.productId, locationId, lotId: line.lotId }
    const text = keyText(key)
    changes.set(text, { ...key, change: (changes.get(text)?.change ?? 0) + quantity })
  }
  for (const line of lines) {
    add(line, line.fromLocationId, -line.quantity)
    add(line, line.toLocationId, line.quantity)
  }
  return changes
}

function refuseOverflow(
  lines: readonly Line[],
  changes: Map<string, Change>,
  levels: Levels,
): void {
  for (const [text, { productId, locationId, change }] of changes) {
    if ((levels.get(text)?.onHand ?? 0) + change <= Number.MAX_SAFE_INTEGER) continue
    const [largest] = lines
      .filter((line) => line.productId === productId && line.toLocationId === locationId)
      .toSorted((one, other) => other.quantity - one.quantity)
    throw invalidLine(
      largest!.line,
      'quantity',
      `brings the stock above ${Number.MAX_SAFE_INTEGER} base units, more than can be counted`,
    )
  }
}

function refuseArchived(lines: readonly Line[]): StockError | null {
  const found = lines.find((line) => line.archived)
  return found ? new StockError('ARCHIVED', { line: found.line, ...found.archived }) : null
}

async function refuseReversal(
  tx: Tx,
  lines: readonly Line[],
  occurredAt: Date,
): Promise<StockError | null> {
  const reversing = lines.filter((line) => line.reversesId !== null)
  if (reversing.length === 0) return null
  const seen = new Map<number, number>()
  for (const { line, reversesId, reversesReversal, originalOccurredAt } of reversing) {
    const detail = { line, movementId: reversesId }
    if (seen.has(reversesId!)) return new StockError('ALREADY_REVERSED', detail)
    seen.set(reversesId!, line)
    if (reversesReversal || originalOccurredAt! > occurredAt) {
      return new StockError('NOT_REVERSIBLE', { ...detail, originalOccurredAt })
    }
  }
  const [earlier] = await reversalsOf(tx, [...seen.keys()])
  return earlier
    ? new StockError('ALREADY_REVERSED', { line: seen.get(earlier.movementId!), ...earlier })
    : null
}

async function refuseShortage(
  tx: Tx,
  changes: Map<string, Change>,
  levels: Levels,
  occurredAt: Date,
): Promise<StockError | null> {
  const taken = [...changes].flatMap(([text, change]) =>
    change.change < 0 ? [{ ...change, level: levels.get(text) }] : [],
  )
  const backdated = taken.flatMap(({ change, level }) =>
    level && occurredAt < level.lastOccurredAt ? [{ levelId: level.id, change }] : [],
  )
  const past = backdated.length > 0 ? await firstShortage(tx, backdated, occurredAt) : null
  if (past) {
    const level = [...levels.values()].find(({ id }) => id === past.levelId)!
    const [names] = await nameKeys(tx, [level])
    return new StockError('INSUFFICIENT_STOCK_IN_PAST', {
      ...names,
      firstBadAt: past.firstBadAt.toISOString(),
      shortfall: past.shortfall,
    })
  }
  const short = taken.filter(({ change, level }) => (level?.onHand ?? 0) + change < 0)
  if (short.length === 0) return null
  const told = short.slice(0, toldShortages)
  const names = await nameKeys(tx, told)
  const shortages = told.map(({ level, change }, index) => ({
    ...names[index],
    available: level?.onHand ?? 0,
    requested: -change,
  }))
  return new StockError('INSUFFICIENT_STOCK', { ...shortages[0], shortages })
}

/** The keys with what a person calls their parts. */
async function nameKeys(tx: Tx, keys: readonly Key[]) {
  const skus = await tx
    .select({ id: products.id, sku: products.sku })
    .from(products)
    .where(
      inArray(
        products.id,
        keys.map((key) => key.productId),
      ),
    )
  const codes = await tx
    .select({ id: locations.id, code: locations.code })
    .from(locations)
    .where(
      inArray(
        locations.id,
        keys.map((key) => key.locationId),
      ),
    )
  return keys.map(({ productId, locationId, lotId }) => ({
    productId,
    sku: skus.find(({ id }) => id === productId)?.sku,
    locationId,
    location: codes.find(({ id }) => id === locationId)?.code,
    lotId,
  }))
}
