import { mostBaseUnits } from '@stockbook/client/contract'
import { StockError } from '../../errors.ts'
import { type Key, keyText, type PastChange } from './book.sql.ts'
import { type BookState, type Level, sidesOf } from './bookState.ts'
import { invalidLine, type Line } from './lines.ts'
import type { AcceptedCommand, DatedCommand, LoadedRule, ResolvedCommand } from './rules.ts'
import {
  findUnavailableLots,
  refuseUnavailableLots,
  type UnavailableLot,
} from './unavailableLots.ts'

/*
 * How a command gets into the book, and where other features have their say.
 *
 * `batch.ts` does it for many commands in one transaction, and takes locks in this order: command ids;
 * products, locations and partners that are named (key share); what the rules lock first; stock levels;
 * lots that are named (key share). Everything is read after that, so that nobody else can change what a
 * decision rests on. Who recalls a lot locks in the same order, and waits for those who ship it.
 *
 * Then the commands are judged one after another, in memory: `judge` says what would become of a
 * command, `accept` takes it into the state of the book, which the next one is judged by. Only whether
 * a shortage in the past follows from a command is asked of the database.
 *
 * `rules.ts` lists the rules of other features: each reads its own state once for a transaction, may
 * refuse a command, may add lines to it, and may write what follows, in the same transaction.
 */

/** What would become of a command. */
export type Verdict = DatedCommand & {
  /** Why it is refused; null when there is no reason but, maybe, a shortage. */
  refusal: StockError | null
  /** Changes of levels that happen before what is known of them: the database must look at their past. */
  past: readonly PastChange[]
  /** Its past depends on a command that is not written yet: it cannot be decided in this transaction. */
  mustWait: boolean
  /** Why there is not enough now; null when there is. */
  shortage: StockError | null
  /** Lots that are shipped although they should not be. */
  unavailableLots: readonly UnavailableLot[]
  changes: ReadonlyMap<string, LevelChange>
}

export type LevelChange = Key & {
  /** Base units gained by all lines together. */
  total: bigint
  /** The same by the moments at which it happens. */
  atMoments: Map<number, bigint>
}

/** How far ahead of ours the clock of a scanner may run. */
const clockToleranceMs = 5 * 60 * 1000

/** At most this many shortages are told in one refusal. */
const toldShortages = 100

/**
 * What would become of a command. Changes nothing.
 * @throws StockError for what is wrong with the input: OCCURRED_AT_IN_FUTURE; REFERENCE_NOT_FOUND for
 *   the partner; INVALID_INPUT when a level would grow too large to count
 */
export function judge(
  book: BookState,
  rules: readonly LoadedRule[],
  { command, lines: ownLines }: ResolvedCommand,
): Verdict {
  const occurredAt = settleMoment(book, command.occurredAt, ownLines)
  const added = rules.flatMap(
    (rule) => rule.linesToAdd?.({ command, lines: ownLines, occurredAt }) ?? [],
  )
  const lines = added.length === 0 ? ownLines : [...ownLines, ...added]
  const changes = sumByKey(lines, occurredAt)
  refuseOverflow(book, lines, changes)
  const partner = findPartner(book, command.partnerId)
  const dated = { command, lines, occurredAt }
  const unavailableLots = findUnavailableLots(lines, book.named.lots, occurredAt)
  const refusal =
    (partner?.isArchived
      ? new StockError('ARCHIVED', { entity: 'partner', id: partner.id })
      : null) ??
    refuseClosedPeriod(book, changes, occurredAt) ??
    refuseArchived(lines) ??
    refuseReversal(book, lines, occurredAt) ??
    refuseUnavailableLots(unavailableLots) ??
    firstOf(rules, (rule) => rule.refuse?.(dated) ?? null)
  const doubtful = [...changes].filter(([text, { atMoments }]) =>
    isPastInDoubt(book.levels.get(text), atMoments),
  )
  return {
    command,
    lines,
    occurredAt,
    refusal: refusal ?? refuseShortageOfNewLevel(book, doubtful),
    past: doubtful.flatMap(([text, { atMoments }]) =>
      pastChanges(book.levels.get(text), atMoments),
    ),
    mustWait: doubtful.some(([text]) => book.changed.has(text)),
    shortage: refuseShortage(book, changes),
    unavailableLots,
    changes,
  }
}

/** Takes a command into the state of the book, at the next free positions. */
export function accept(
  book: BookState,
  rules: readonly LoadedRule[],
  { command, lines, occurredAt, changes }: Verdict,
): AcceptedCommand {
  for (const [text, { total, atMoments }] of changes) {
    const level = book.levels.get(text) ?? { id: null, onHand: 0n, lastOccurredMs: -Infinity }
    level.onHand += total
    level.lastOccurredMs = Math.max(level.lastOccurredMs, ...atMoments.keys())
    book.levels.set(text, level)
    book.changed.add(text)
  }
  const movementIds = book.positions.splice(0, lines.length)
  for (const [index, { reversesId }] of lines.entries()) {
    if (reversesId !== null) book.reversedBy.set(reversesId, movementIds[index]!)
  }
  const accepted = { command, lines, occurredAt, movementIds }
  for (const rule of rules) rule.accept?.(accepted)
  return accepted
}

/** What a shortage means that the database found in the past of one of the levels. */
export function shortageInPast(
  book: BookState,
  changes: ReadonlyMap<string, LevelChange>,
  { levelId, atMs, shortfall }: { levelId: number; atMs: number; shortfall: number },
): StockError {
  const [, key] = [...changes].find(([text]) => book.levels.get(text)?.id === levelId)!
  return pastShortage(book, key, atMs, BigInt(shortfall))
}

function pastShortage(book: BookState, key: Key, ms: number, shortfall: bigint): StockError {
  return new StockError('INSUFFICIENT_STOCK_IN_PAST', {
    ...nameKey(book, key),
    firstBadAt: new Date(ms).toISOString(),
    shortfall: Number(shortfall),
  })
}

/** "Now" means after all that the book knows of these goods, whatever a fast clock has dated. */
function settleMoment(book: BookState, requested: Date | undefined, lines: readonly Line[]): Date {
  if (requested) {
    if (requested.getTime() > book.now.getTime() + clockToleranceMs) {
      throw new StockError('OCCURRED_AT_IN_FUTURE', { occurredAt: requested, now: book.now })
    }
    return requested
  }
  let latest = book.now.getTime()
  for (const line of lines) {
    for (const key of sidesOf(line)) {
      latest = Math.max(latest, book.levels.get(keyText(key))?.lastOccurredMs ?? latest)
    }
  }
  return new Date(latest)
}

function sumByKey(lines: readonly Line[], occurredAt: Date): Map<string, LevelChange> {
  const changes = new Map<string, LevelChange>()
  for (const line of lines) {
    const ms = (line.occurredAt ?? occurredAt).getTime()
    for (const side of sidesOf(line)) {
      const { productId, locationId, lotId } = side
      const text = keyText(side)
      const change = BigInt(side.change)
      let sum = changes.get(text)
      if (!sum) {
        sum = { productId, locationId, lotId, total: 0n, atMoments: new Map() }
        changes.set(text, sum)
      }
      sum.total += change
      sum.atMoments.set(ms, (sum.atMoments.get(ms) ?? 0n) + change)
    }
  }
  return changes
}

function refuseOverflow(
  book: BookState,
  lines: readonly Line[],
  changes: ReadonlyMap<string, LevelChange>,
): void {
  for (const [text, { productId, locationId, total }] of changes) {
    const onHand = (book.levels.get(text)?.onHand ?? 0n) + total
    if (onHand <= BigInt(mostBaseUnits)) continue
    const [largest] = lines
      .filter((line) => line.productId === productId && line.toLocationId === locationId)
      .toSorted((one, other) => other.quantity - one.quantity)
    throw invalidLine(
      largest!.line,
      'quantity',
      `brings the stock above ${mostBaseUnits} base units, more than can be counted`,
    )
  }
}

function findPartner({ named }: BookState, id: string | null) {
  if (id === null) return null
  const partner = named.partners.get(id)
  if (partner) return partner
  throw new StockError('REFERENCE_NOT_FOUND', { entity: 'command', field: 'partnerId', value: id })
}

function refuseClosedPeriod(
  { closedBefore }: BookState,
  changes: ReadonlyMap<string, LevelChange>,
  occurredAt: Date,
): StockError | null {
  if (!closedBefore) return null
  const moments = [...changes.values()].flatMap(({ atMoments }) => [...atMoments.keys()])
  const first = new Date(Math.min(occurredAt.getTime(), ...moments))
  return first < closedBefore
    ? new StockError('PERIOD_CLOSED', { occurredAt: first, closedBefore })
    : null
}

function refuseArchived(lines: readonly Line[]): StockError | null {
  const found = lines.find((line) => line.archived)
  return found ? new StockError('ARCHIVED', { line: found.line, ...found.archived }) : null
}

function refuseReversal(
  book: BookState,
  lines: readonly Line[],
  occurredAt: Date,
): StockError | null {
  const reversing = lines.filter((line) => line.reversesId !== null)
  const seen = new Set<number>()
  for (const { line, reversesId, reversesReversal, originalOccurredAt, ...own } of reversing) {
    const detail = { line, movementId: reversesId }
    if (seen.has(reversesId!)) return new StockError('ALREADY_REVERSED', detail)
    seen.add(reversesId!)
    if (reversesReversal || originalOccurredAt! > (own.occurredAt ?? occurredAt)) {
      return new StockError('NOT_REVERSIBLE', { ...detail, originalOccurredAt })
    }
  }
  for (const { line, reversesId } of reversing) {
    const reversedById = book.reversedBy.get(reversesId!)
    if (reversedById === undefined) continue
    return new StockError('ALREADY_REVERSED', { line, movementId: reversesId, reversedById })
  }
  return null
}

function pastChanges(
  level: Level | undefined,
  atMoments: ReadonlyMap<number, bigint>,
): readonly PastChange[] {
  if (level === undefined || level.id === null) return []
  const levelId = level.id
  return [...atMoments].map(([ms, change]) => ({ levelId, at: new Date(ms), change }))
}

/** Of a level that nothing has moved yet, only the command's own changes make the past. */
function refuseShortageOfNewLevel(
  book: BookState,
  doubtful: readonly [string, LevelChange][],
): StockError | null {
  for (const [text, { total, atMoments, ...key }] of doubtful) {
    if (book.levels.has(text) || total < 0n) continue
    let onHand = 0n
    for (const [ms, change] of [...atMoments].toSorted(([one], [other]) => one - other)) {
      onHand += change
      if (onHand < 0n) return pastShortage(book, key, ms, -onHand)
    }
  }
  return null
}

/** Whether a level may have been short for a time although it is not in the end. */
function isPastInDoubt(level: Level | undefined, atMoments: ReadonlyMap<number, bigint>): boolean {
  const takes = [...atMoments.values()].some((change) => change < 0n)
  if (!takes) return false
  if (atMoments.size > 1) return true
  return level !== undefined && Math.min(...atMoments.keys()) < level.lastOccurredMs
}

function refuseShortage(
  book: BookState,
  changes: ReadonlyMap<string, LevelChange>,
): StockError | null {
  const shortages: object[] = []
  for (const [text, { total, ...key }] of changes) {
    const available = book.levels.get(text)?.onHand ?? 0n
    if (total >= 0n || available + total >= 0n) continue
    if (shortages.length === toldShortages) break
    shortages.push({
      ...nameKey(book, key),
      available: Number(available),
      requested: Number(-total),
    })
  }
  return shortages.length === 0
    ? null
    : new StockError('INSUFFICIENT_STOCK', { ...shortages[0], shortages })
}

/** The key with what a person calls its parts. */
function nameKey({ named }: BookState, { productId, locationId, lotId }: Key) {
  return {
    productId,
    sku: named.products.get(productId)?.sku,
    locationId,
    location: named.locations.get(locationId)?.code,
    lotId,
  }
}

function firstOf<T, R>(all: readonly T[], of: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = of(one)
    if (found !== null) return found
  }
  return null
}
