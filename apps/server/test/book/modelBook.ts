/** A plain book in memory, to compare the real one with. Slow, and written to be read. */

/** When something happened. Dated commands use whole days; undated ones come after all days. */
export type Moment = number

export type Side = { product: number; lot: number | null; bin: number }

export type ModelLine =
  | {
      kind: 'move'
      type: 'incoming' | 'outgoing' | 'transfer' | 'adjustment'
      product: number
      lot: number | null
      from: number | null
      to: number | null
      quantity: number
    }
  | { kind: 'reversal'; movement: number }

export type ModelCommand = { at: Moment | null; lines: readonly ModelLine[] }

export type Verdict =
  | { outcome: 'posted'; at: Moment; movements: number[] }
  | {
      outcome: 'INSUFFICIENT_STOCK'
      shortages: { key: string; available: number; requested: number }[]
    }
  | {
      outcome: 'INSUFFICIENT_STOCK_IN_PAST'
      firstBadAt: Moment
      keys: string[]
      shortfalls: number[]
    }
  | { outcome: 'ALREADY_REVERSED' | 'NOT_REVERSIBLE' }

type Entry = { key: string; at: Moment; change: number }

type Movement = Omit<ModelLine & { kind: 'move' }, 'kind'> & {
  at: Moment
  isReversal: boolean
  reversed: boolean
}

/** Later than all days. */
const beforeUndated = 1_000

export const keyOf = ({ product, lot, bin }: Side) => `${product}/${lot ?? '-'}/${bin}`

export class ModelBook {
  readonly movements: Movement[]
  readonly entries: Entry[]

  constructor(
    { movements, entries }: Pick<ModelBook, 'movements' | 'entries'> = {
      movements: [],
      entries: [],
    },
  ) {
    this.movements = movements.map((movement) => ({ ...movement }))
    this.entries = [...entries]
  }

  /** What is on hand at a moment, by key, without the zeros. */
  onHandAt(moment: Moment): Record<string, number> {
    const levels: Record<string, number> = {}
    for (const { key, at, change } of this.entries) {
      if (at <= moment) levels[key] = (levels[key] ?? 0) + change
    }
    return Object.fromEntries(Object.entries(levels).filter(([, level]) => level !== 0))
  }

  onHand(): Record<string, number> {
    return this.onHandAt(Number.POSITIVE_INFINITY)
  }

  post({ at: dated, lines }: ModelCommand): Verdict {
    const at = dated ?? Math.max(beforeUndated, ...this.entries.map((entry) => entry.at)) + 1
    const refusal = this.refuseReversals(lines, at) ?? this.refuseShortage(lines, at)
    if (refusal) return refusal
    const written = lines.map((line) => this.write(line, at))
    return { outcome: 'posted', at, movements: written }
  }

  private refuseReversals(lines: readonly ModelLine[], at: Moment): Verdict | null {
    const named = lines.flatMap((line) => (line.kind === 'reversal' ? [line.movement] : []))
    for (const [index, movement] of named.entries()) {
      if (named.indexOf(movement) < index) return { outcome: 'ALREADY_REVERSED' }
      const original = this.movements[movement]!
      if (original.isReversal || original.at > at) return { outcome: 'NOT_REVERSIBLE' }
    }
    return named.some((movement) => this.movements[movement]!.reversed)
      ? { outcome: 'ALREADY_REVERSED' }
      : null
  }

  private refuseShortage(lines: readonly ModelLine[], at: Moment): Verdict | null {
    const sums = new Map<string, number>()
    for (const line of lines) {
      for (const { key, change } of this.sides(line)) sums.set(key, (sums.get(key) ?? 0) + change)
    }
    const taken = [...sums].filter(([, change]) => change < 0)
    const late: { key: string; at: Moment; shortfall: number }[] = []
    const shortages: { key: string; available: number; requested: number }[] = []
    for (const [key, change] of taken) {
      const known = this.entries.filter((entry) => entry.key === key)
      const moments = [...new Set([at, ...known.map((entry) => entry.at)])].filter(
        (one) => one >= at,
      )
      moments.sort((one, other) => one - other)
      const levelAt = (moment: Moment) =>
        known.reduce((sum, entry) => (entry.at <= moment ? sum + entry.change : sum), 0)
      const bad = moments.find((moment) => levelAt(moment) + change < 0)
      if (bad === undefined) continue
      const isBackdated = known.some((entry) => entry.at > at)
      if (isBackdated) late.push({ key, at: bad, shortfall: -(levelAt(bad) + change) })
      else shortages.push({ key, available: levelAt(at), requested: -change })
    }
    if (late.length > 0) {
      const firstBadAt = Math.min(...late.map((one) => one.at))
      const first = late.filter((one) => one.at === firstBadAt)
      return {
        outcome: 'INSUFFICIENT_STOCK_IN_PAST',
        firstBadAt,
        keys: first.map(({ key }) => key),
        shortfalls: first.map(({ shortfall }) => shortfall),
      }
    }
    return shortages.length > 0 ? { outcome: 'INSUFFICIENT_STOCK', shortages } : null
  }

  private sides(line: ModelLine): { key: string; change: number }[] {
    if (line.kind === 'reversal') {
      return this.sides({ kind: 'move', ...this.movements[line.movement]! }).map((side) => ({
        ...side,
        change: -side.change,
      }))
    }
    const { product, lot, from, to, quantity } = line
    return [
      ...(from === null ? [] : [{ key: keyOf({ product, lot, bin: from }), change: -quantity }]),
      ...(to === null ? [] : [{ key: keyOf({ product, lot, bin: to }), change: quantity }]),
    ]
  }

  private write(line: ModelLine, at: Moment): number {
    for (const side of this.sides(line)) this.entries.push({ ...side, at })
    if (line.kind === 'move') {
      const { kind: _, ...goods } = line
      return this.movements.push({ ...goods, at, isReversal: false, reversed: false }) - 1
    }
    const original = this.movements[line.movement]!
    original.reversed = true
    return (
      this.movements.push({
        ...original,
        from: original.to,
        to: original.from,
        at,
        isReversal: true,
        reversed: false,
      }) - 1
    )
  }
}
