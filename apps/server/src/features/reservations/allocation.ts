/** Goods of one product that lie in one bin, of one lot. */
export type Cell = {
  /** The bin, and every location that it stands in. */
  path: readonly string[]
  lotId: string | null
  /** Base units. */
  quantity: number
}

/** Goods of one product that somebody wants: from anywhere in a place, of one lot or of any. */
export type Claim = {
  /** `null`: from anywhere. */
  locationId: string | null
  /** `null`: of any lot. */
  lotId: string | null
}

export type Allocation = {
  /**
   * Gives a claim as much of what it wants as can be had without taking anything from the claims
   * that were served before; these may have to change to other goods that suit them as well.
   * Returns how much, in base units.
   */
  serve(claim: Claim, quantity: number): number
  /** How much one more claim could have: `serve` without an effect. */
  available(claim: Claim): number
}

/** Claims that want the same, and what they have been given, cell by cell. */
type Holder = { cells: readonly number[]; given: Map<number, number> }

/** One holder takes from a cell; in a chain of steps, it gives up the cell of the step after. */
type Step = { holder: Holder; cell: number }

/**
 * Shares goods out among claims: a maximum flow from the cells to the claims. Claims overlap (a
 * warehouse with its bins, a lot with any lot), so comparing sums at each place would not do.
 */
export function createAllocation(cells: readonly Cell[]): Allocation {
  return allocate(
    cells,
    cells.map((cell) => cell.quantity),
    new Map(),
  )
}

function allocate(
  cells: readonly Cell[],
  free: number[],
  holders: Map<string, Holder>,
): Allocation {
  const holdersAt = cells.map(() => new Set<Holder>())
  for (const holder of holders.values()) {
    for (const [cell, quantity] of holder.given) if (quantity > 0) holdersAt[cell]!.add(holder)
  }

  function holderOf(claim: Claim): Holder {
    const key = `${claim.locationId} ${claim.lotId}`
    const known = holders.get(key)
    if (known) return known
    const suiting = cells.flatMap((cell, index) => (suits(cell, claim) ? [index] : []))
    const holder = { cells: suiting, given: new Map<number, number>() }
    holders.set(key, holder)
    return holder
  }

  function serve(claim: Claim, quantity: number): number {
    const holder = holderOf(claim)
    let served = 0
    while (served < quantity) {
      const moved = moveAlong(findChain(holder), quantity - served)
      if (moved === 0) break
      served += moved
    }
    return served
  }

  /** How a holder can get more: from a free cell, or from one whose holder finds another. */
  function findChain(start: Holder): Step[] {
    const takerOf = new Map<number, Holder>()
    const givesUp = new Map<Holder, number>()
    const queue = [start]
    for (const holder of queue) {
      for (const cell of holder.cells) {
        if (takerOf.has(cell)) continue
        takerOf.set(cell, holder)
        if (free[cell]! > 0) return chainTo(cell)
        for (const other of holdersAt[cell]!) {
          if (other === start || givesUp.has(other)) continue
          givesUp.set(other, cell)
          queue.push(other)
        }
      }
    }
    return []

    function chainTo(freeCell: number): Step[] {
      const steps: Step[] = []
      let cell: number | undefined = freeCell
      while (cell !== undefined) {
        const holder: Holder = takerOf.get(cell)!
        steps.push({ holder, cell })
        cell = givesUp.get(holder)
      }
      return steps
    }
  }

  function moveAlong(steps: readonly Step[], wanted: number): number {
    const [first] = steps
    if (!first) return 0
    const givenUp = steps.slice(0, -1).map(({ holder }, index) => ({
      holder,
      cell: steps[index + 1]!.cell,
    }))
    const quantity = Math.min(
      wanted,
      free[first.cell]!,
      ...givenUp.map(({ holder, cell }) => holder.given.get(cell)!),
    )
    free[first.cell]! -= quantity
    for (const { holder, cell } of steps) give(holder, cell, quantity)
    for (const { holder, cell } of givenUp) give(holder, cell, -quantity)
    return quantity
  }

  function give(holder: Holder, cell: number, quantity: number): void {
    const given = (holder.given.get(cell) ?? 0) + quantity
    holder.given.set(cell, given)
    if (given > 0) holdersAt[cell]!.add(holder)
    else holdersAt[cell]!.delete(holder)
  }

  return {
    serve,
    available(claim) {
      const copies = [...holders].map(
        ([key, holder]) => [key, { ...holder, given: new Map(holder.given) }] as const,
      )
      return allocate(cells, [...free], new Map(copies)).serve(claim, Number.MAX_SAFE_INTEGER)
    },
  }
}

/** Whether goods are among those that a claim names. */
export function suits(cell: Omit<Cell, 'quantity'>, { locationId, lotId }: Claim): boolean {
  return (
    (locationId === null || cell.path.includes(locationId)) &&
    (lotId === null || cell.lotId === lotId)
  )
}
