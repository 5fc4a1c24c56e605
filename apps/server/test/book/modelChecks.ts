/** Goods of one product that are counted while they move, in memory. All happens when it is asked for. */

export const countedBins = 2
/** In each bin. */
export const onHandAtFirst = 20

export type ChecksCommand =
  | { do: 'move'; from: number | null; to: number | null; quantity: number }
  | { do: 'count'; bin: number; quantity: number }
  | { do: 'submit'; skipUncounted: boolean }
  | { do: 'approve' }

export type ChecksVerdict =
  | { outcome: 'done'; variance?: number; adjustments?: number }
  | { outcome: 'INSUFFICIENT_STOCK'; available: number; requested: number }
  | { outcome: 'WRONG_STATE' }
  | { outcome: 'COUNT_INCOMPLETE'; toCount: number }
  /** What is missing by the count was taken since: now, or at some moment in between. */
  | { outcome: 'short' }

/** A line that was counted. */
type Counted = {
  variance: number
  /** The least that there was since. */
  lowest: number
}

type Status = 'open' | 'review' | 'posted'

export class ModelChecks {
  readonly onHand: readonly number[]
  /** Of the check that is under way. */
  readonly status: Status
  private readonly counted: readonly (Counted | null)[]

  private constructor(
    onHand: readonly number[],
    status: Status = 'open',
    counted: readonly (Counted | null)[] = onHand.map(() => null),
  ) {
    this.onHand = onHand
    this.status = status
    this.counted = counted
  }

  /** Before the first check. */
  static atFirst(): ModelChecks {
    const onHand = Array.from({ length: countedBins }, () => onHandAtFirst)
    return new ModelChecks(onHand, 'posted')
  }

  /** With another check under way, of which nothing is counted. */
  renewed(): ModelChecks {
    return new ModelChecks(this.onHand)
  }

  take(command: ChecksCommand): { verdict: ChecksVerdict; next: ModelChecks } {
    switch (command.do) {
      case 'move':
        return this.move(command)
      case 'count':
        return this.count(command)
      case 'submit':
        return this.submit(command)
      case 'approve':
        return this.approve()
    }
  }

  private move({ from, to, quantity }: ChecksCommand & { do: 'move' }) {
    const available = from === null ? quantity : this.onHand[from]!
    if (available < quantity) {
      return this.refuse({ outcome: 'INSUFFICIENT_STOCK', available, requested: quantity })
    }
    const onHand = this.onHand.map(
      (level, bin) => level - (bin === from ? quantity : 0) + (bin === to ? quantity : 0),
    )
    const counted = this.counted.map(
      (one, bin) => one && { ...one, lowest: Math.min(one.lowest, onHand[bin]!) },
    )
    return this.done({}, new ModelChecks(onHand, this.status, counted))
  }

  private count({ bin, quantity }: ChecksCommand & { do: 'count' }) {
    if (this.status !== 'open') return this.refuse({ outcome: 'WRONG_STATE' })
    const level = this.onHand[bin]!
    const variance = quantity - level
    const counted = this.counted.with(bin, { variance, lowest: level })
    return this.done({ variance }, new ModelChecks(this.onHand, 'open', counted))
  }

  private submit({ skipUncounted }: ChecksCommand & { do: 'submit' }) {
    if (this.status !== 'open') return this.refuse({ outcome: 'WRONG_STATE' })
    const toCount = this.counted.filter((one) => one === null).length
    if (toCount > 0 && !skipUncounted) return this.refuse({ outcome: 'COUNT_INCOMPLETE', toCount })
    return this.done({}, new ModelChecks(this.onHand, 'review', this.counted))
  }

  private approve() {
    if (this.status !== 'review') return this.refuse({ outcome: 'WRONG_STATE' })
    if (this.counted.some((one) => one && one.lowest + one.variance < 0)) {
      return this.refuse({ outcome: 'short' })
    }
    const onHand = this.onHand.map((level, bin) => level + (this.counted[bin]?.variance ?? 0))
    const adjustments = this.counted.filter((one) => one && one.variance !== 0).length
    return this.done({ adjustments }, new ModelChecks(onHand, 'posted', this.counted))
  }

  private refuse(verdict: ChecksVerdict) {
    return { verdict, next: this as ModelChecks }
  }

  private done(told: { variance?: number; adjustments?: number }, next: ModelChecks) {
    return { verdict: { outcome: 'done', ...told } as const, next }
  }
}
