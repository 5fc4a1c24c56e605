import { StockError } from '../../errors.ts'

/** How many hashes may be made at once: more would take the processors from everything else. */
const atOnce = 2
/** How many may wait for their turn. */
const waitingMax = 20
/** How long one waits before it is turned away. */
const waitMs = 3_000

/**
 * Lets a few expensive pieces of work run at once, and a few more wait briefly.
 * The work of the others is refused.
 */
export function createHashSlots() {
  let running = 0
  const waiting: (() => void)[] = []

  async function enter(): Promise<void> {
    if (running < atOnce) {
      running++
      return
    }
    if (waiting.length >= waitingMax) throw tooMany()
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1)
        reject(tooMany())
      }, waitMs)
      waiting.push(turn)
    })
  }

  function leave(): void {
    // The slot goes straight to the next, so nobody who comes now can take it.
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  /** @throws StockError TOO_MANY_ATTEMPTS when too many wait, or the wait was too long */
  return async function inSlot<T>(work: () => Promise<T>): Promise<T> {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

function tooMany(): StockError {
  return new StockError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
}
