import { createStockbookClient } from '../src/index.ts'
import type { OutboxInput } from '../src/outbox/index.ts'
import { Refusal, startServer } from './testServer.ts'

/** Ids of goods and places that the server of these tests takes for known. */
export const product = '0198c5d2-0000-7000-8000-000000000001'
export const bin = '0198c5d2-0000-7000-8000-000000000002'

type Post = { commandId: string; occurredAt?: Date; lines: { type: string; quantity: number }[] }

/**
 * A server with one book of one level, which remembers each command by its id as Stockbook does: the
 * same id gets the same answer, also when that was a refusal.
 */
export async function startBook(onHand: number) {
  const book = {
    onHand,
    /** Whose session the client has. */
    signedIn: 'olga',
    /** Every command that was worked on, in order, repetitions included. */
    asked: [] as Post[],
    /** The commands that changed the book, in order. */
    posted: [] as Post[],
    /** Thrown instead of working. */
    failWith: null as Refusal | null,
    /** How far the server's clock is behind the device's. */
    clockBehindMs: 0,
  }
  const answers = new Map<string, { answer?: object; refusal?: Refusal }>()
  const post = (input: Post) => {
    book.asked.push(input)
    if (book.failWith !== null) throw book.failWith
    const known = answers.get(input.commandId)
    if (known?.refusal) throw known.refusal
    if (known) return { ...known.answer, replayed: true }
    const change = input.lines.reduce(
      (sum, { type, quantity }) => sum + (type === 'incoming' ? quantity : -quantity),
      0,
    )
    if (book.onHand + change < 0) {
      const refusal = new Refusal('INSUFFICIENT_STOCK', { available: book.onHand })
      answers.set(input.commandId, { refusal })
      throw refusal
    }
    book.onHand += change
    book.posted.push(input)
    const answer = {
      commandId: input.commandId,
      replayed: false,
      occurredAt: input.occurredAt ?? new Date(),
      recordedAt: new Date(Date.now() - book.clockBehindMs),
      movements: [],
    }
    answers.set(input.commandId, { answer })
    return answer
  }
  const server = await startServer({
    'movements.post': post,
    'auth.me': () => ({ id: book.signedIn }),
  })
  const client = createStockbookClient({ url: server.url, maxRetries: 0, timeoutMs: 5_000 })
  return Object.assign(server, { book, client })
}

export function receive(quantity: number): OutboxInput<'movements.post'> {
  return { lines: [{ type: 'incoming', productId: product, toLocationId: bin, quantity }] }
}

export function ship(quantity: number): OutboxInput<'movements.post'> {
  return { lines: [{ type: 'outgoing', productId: product, fromLocationId: bin, quantity }] }
}
