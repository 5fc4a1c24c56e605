import type { StockbookClient } from '../StockbookClient.ts'
import { isStockbookError } from '../StockbookError.ts'
import type { OutboxEntry, OutboxFailure } from './entry.ts'

/** What an attempt came to. */
export type Attempt =
  | { kind: 'done'; result: unknown }
  /** The server judged the command, and it will not go through like this. */
  | { kind: 'refused'; failure: OutboxFailure }
  /** Nothing is wrong with the command: it waits, for as long as the server asks at least. */
  | { kind: 'postponed'; failure: OutboxFailure; retryAfterMs: number | null }
  /** Nobody is signed in who may send it. */
  | { kind: 'signIn'; failure: OutboxFailure }
  /** The server failed at this command. It may be this command's fault, and it may be done. */
  | { kind: 'failed'; failure: OutboxFailure }

const wantsSignIn = new Set<string>(['SIGN_IN_REQUIRED', 'PASSWORD_CHANGE_REQUIRED'])

/** No word of a Stockbook server on the command: a proxy, or the sign-in page of a foreign network. */
const wordOfOthers = new Set<string>(['UNEXPECTED_ANSWER', 'CROSS_SITE_REFUSED', 'ABORTED'])

/** As much of a client as an outbox needs. */
export type OutboxClient = Pick<StockbookClient, 'movements' | 'checks' | 'reservations'>

/** Sends a command once. */
export async function send(
  client: OutboxClient,
  { path, input }: OutboxEntry,
  signal: AbortSignal,
): Promise<Attempt> {
  const [feature, name] = path.split('.') as ['movements', 'post']
  try {
    return { kind: 'done', result: await client[feature][name].mutate(input as never, { signal }) }
  } catch (error) {
    return judged(error)
  }
}

function judged(error: unknown): Attempt {
  if (!isStockbookError(error)) {
    const message = error instanceof Error ? error.message : String(error)
    const failure = { code: 'UNEXPECTED_ANSWER' as const, message, detail: {}, requestId: null }
    return { kind: 'failed', failure }
  }
  const { code, message, detail, requestId, retryable, retryAfterMs } = error
  const failure = { code, message, detail, requestId }
  if (wantsSignIn.has(code)) return { kind: 'signIn', failure }
  if (retryable || wordOfOthers.has(code)) return { kind: 'postponed', failure, retryAfterMs }
  if (code === 'INTERNAL') return { kind: 'failed', failure }
  return { kind: 'refused', failure }
}
