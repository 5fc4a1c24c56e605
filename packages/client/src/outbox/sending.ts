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
export type OutboxClient = Pick<StockbookClient, 'auth' | 'movements' | 'checks' | 'reservations'>

/**
 * Asks whose session the client has, before anything of this user is sent with it: a page may have been
 * opened for one user while the browser's session is another's.
 * @returns `null` when it is this user's
 */
export async function refusedSession(
  client: OutboxClient,
  userId: string,
  signal: AbortSignal,
): Promise<Exclude<Attempt, { kind: 'done' }> | null> {
  try {
    const { id } = await client.auth.me.query({}, { signal })
    if (id === userId) return null
    const message = 'Somebody else is signed in here: the one who gave the command has to sign in.'
    const failure = { code: 'SIGN_IN_REQUIRED' as const, message, detail: {}, requestId: null }
    return { kind: 'signIn', failure }
  } catch (error) {
    const attempt = judged(error)
    if (attempt.kind === 'signIn' || attempt.kind === 'postponed') return attempt
    // It is no fault of the command's.
    return { kind: 'postponed', failure: attempt.failure, retryAfterMs: null }
  }
}

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

function judged(error: unknown): Exclude<Attempt, { kind: 'done' }> {
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
