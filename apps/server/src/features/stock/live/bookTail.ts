import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, listenTo } from '@stockbook/db'
import type { Logger } from 'pino'
import { currentWriters, readTail } from './tail.sql.ts'

/** Whoever posts says so here. */
const channel = 'stock_changes'

/** So often the book is looked at when nobody says anything: a notification may be lost. */
const pollMs = 1_000

/** After a look so long nothing is looked at: what is posted meanwhile is read together. */
const pauseMs = 20

/** So long a transaction that writes is given before it is looked at again. */
const writerPauseMs = 10

export type BookTail = {
  /**
   * The position up to which the book is settled: no movement will ever appear at or before it that
   * cannot be seen now. Gives it as it is when asked for and whenever it has grown, the newest only,
   * until the signal is aborted. Positions are given out before transactions commit, so that a later
   * one may be seen before an earlier one: the highest that can be seen is not settled.
   */
  settled(signal: AbortSignal): AsyncGenerator<number, void, undefined>
}

/** Follows the end of the book, once for all who want to know, and only while somebody does. */
export function createBookTail(db: Db, log: Logger): BookTail {
  const readers = new Set<() => void>()
  let position: number | null = null
  let following = false
  let looksBegun = 0
  let looksDone = 0
  let isAwake = false
  let wake = () => {}

  function onWake(): void {
    isAwake = true
    wake()
  }

  /** Returns at once when something has happened since the last time. */
  async function nextWake(): Promise<void> {
    if (!isAwake) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    isAwake = false
  }

  async function follow(): Promise<void> {
    following = true
    const listening = listenTo(db, channel, onWake)
    while (readers.size > 0) {
      try {
        await look()
      } catch (error) {
        log.warn({ err: error }, 'the end of the book could not be read; it is tried again')
      }
      await sleep(pauseMs)
      await nextWake()
    }
    // Nobody looks for gaps any more: what comes next begins anew.
    position = null
    await listening.stop()
    following = false
    if (readers.size > 0) void follow()
  }

  async function look(): Promise<void> {
    looksBegun += 1
    const before = position
    const { latest, seen, writers } = await readTail(db, before ?? Number.MAX_SAFE_INTEGER)
    // Without a gap since the last look there is nothing that could still appear in between.
    const hasGap = before === null || latest - before !== seen
    if (hasGap) await untilEnded(writers)
    position = latest
    looksDone = looksBegun
    for (const tell of readers) tell()
  }

  /** Waits for transactions to end: each of them may hold a position that is before one seen. */
  async function untilEnded(writers: ReadonlySet<string>): Promise<void> {
    let waitedFor = writers
    while (waitedFor.size > 0 && readers.size > 0) {
      await sleep(writerPauseMs)
      const now = await currentWriters(db)
      waitedFor = new Set([...waitedFor].filter((writer) => now.has(writer)))
    }
  }

  return {
    async *settled(signal) {
      const looksBefore = looksBegun
      let told: number | null = null
      let hear = () => {}
      const tell = () => hear()
      readers.add(tell)
      signal.addEventListener('abort', tell)
      if (following) onWake()
      else void follow()
      try {
        while (!signal.aborted) {
          if (looksDone > looksBefore && position !== null && position !== told) {
            told = position
            yield position
          } else {
            await new Promise<void>((resolve) => {
              hear = resolve
            })
          }
        }
      } finally {
        readers.delete(tell)
        signal.removeEventListener('abort', tell)
        if (readers.size === 0) onWake()
      }
    },
  }
}
