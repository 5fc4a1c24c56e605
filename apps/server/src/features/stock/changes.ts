import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { SignedInContext } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { readChanges } from './live/readChanges.ts'
import { lastPosition } from './live/tail.sql.ts'

type Input = ParsedInput<typeof contract.stock.changes>
type Event = { position: number } & Omit<Awaited<ReturnType<typeof readChanges>>, 'position'>

/** A reader that takes nothing any more is given this long to hear why it is cut off. */
const lastWordMs = 200

/** After so many positions without anything of interest the reader is told how far it has come. */
const silentPositions = 1_000

/**
 * The movements of the book as they come, read when they are asked for: a slow reader is given more
 * of them at once, and costs no memory.
 * @throws StockError TOO_MANY_SUBSCRIPTIONS, INVALID_CURSOR, and SIGN_IN_REQUIRED when the caller
 * loses the right to listen
 */
export async function* stockChanges(
  { db, live, actor, http }: SignedInContext,
  input: Input,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; data: Event }, void, undefined> {
  const freeSlot = live.slots.take(actor.id)
  const lost = new AbortController()
  const caller = live.callers.watch(http.authorization, actor, (now) => {
    lost.abort(now === null ? new StockError('SIGN_IN_REQUIRED') : undefined)
    setTimeout(() => http.breakOff(), lastWordMs)
  })
  const until = AbortSignal.any([signal, lost.signal, live.stopped])
  try {
    let position = await beginning(db, input)
    let told: number | null = null
    for await (const settled of live.tail.settled(until)) {
      position ??= settled
      do {
        // What is read now may be younger than the end of the right to read it.
        const looked = caller.look()
        const next = await readChanges(db, actor, input, position, Math.max(position, settled))
        await looked
        if (until.aborted) break
        position = next.position
        if (told === null || next.changes.length > 0 || position - told >= silentPositions) {
          told = position
          yield { id: String(position), data: next }
        }
      } while (position < settled && !until.aborted)
    }
    // Ends without a last word when it is not for good: the client is to come again.
    until.throwIfAborted()
  } finally {
    caller.end()
    freeSlot()
  }
}

/** Where to begin; null: with what comes. */
async function beginning(db: SignedInContext['db'], { lastEventId, after }: Input) {
  const position = lastEventId === undefined ? after : Number(lastEventId)
  if (position === undefined) return null
  // Of another book, or of this one before it was restored: what would be missing, nobody can say.
  if (position > (await lastPosition(db))) throw new StockError('INVALID_CURSOR')
  return position
}
