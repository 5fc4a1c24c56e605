import { setTimeout as sleep } from 'node:timers/promises'

/** A place as it really is: what lies there, and what went missing since somebody counted it. */
export type Shelf = {
  locationId: string
  /** Base units that lie there. */
  quantity: number
  /** Base units that disappeared since the last count, and nobody wrote that down. */
  lost: number
}

/**
 * Shelves at which one person stands at a time: nobody counts while somebody has their hands in it.
 * Whoever leaves does so in a later millisecond than they came, so that what they saw or did there
 * has one time.
 */
export function createAisle(shelves: readonly Shelf[]) {
  const queues = new Map<Shelf, Promise<unknown>>()

  async function at<Result>(some: readonly Shelf[], work: () => Promise<Result>): Promise<Result> {
    // One order for everybody, so that two who need two shelves never wait for each other.
    const [shelf, ...others] = shelves.filter((one) => some.includes(one))
    if (!shelf) {
      const result = await work()
      const leftAt = Date.now()
      while (Date.now() === leftAt) await sleep(1)
      return result
    }
    const turn = (queues.get(shelf) ?? Promise.resolve()).then(() => at(others, work))
    queues.set(
      shelf,
      turn.catch(() => undefined),
    )
    return turn
  }

  return { at }
}
