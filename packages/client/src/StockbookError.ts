import type { DetailOf } from './errorDetails.ts'
import type { ErrorDetail, ServerErrorCode } from './errors.ts'
import { issuesOf } from './issues.ts'

/**
 * A failure that happened before a valid answer of the server arrived.
 * `CONNECTION_FAILED`: the server could not be reached, or the connection broke.
 * `TIMED_OUT`: no answer within `timeoutMs`.
 * `ABORTED`: the caller's own signal was aborted.
 * `UNEXPECTED_ANSWER`: something answered, but not as a Stockbook server does.
 */
export type ClientErrorCode = 'CONNECTION_FAILED' | 'TIMED_OUT' | 'ABORTED' | 'UNEXPECTED_ANSWER'

/** Every code a call can fail with. A newer server may send codes that this list does not know yet. */
export type ErrorCode = ServerErrorCode | ClientErrorCode

/** What is known about a failure besides its code. */
export type ErrorFacts = {
  message: string
  path?: string | null
  detail?: ErrorDetail
  requestId?: string | null
  retryable?: boolean
  retryAfterMs?: number | null
  cause?: unknown
}

/** The one error that every call of the client rejects with. */
export class StockbookError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'StockbookError'

  /** What went wrong, stable across versions: branch on this, never on the message. */
  readonly code: Code

  /**
   * The procedure whose call failed, for instance `movements.post`; `auth.signIn` or `auth.refresh` when
   * the client could not open or renew the session for it. `null` when no call of one procedure failed.
   */
  readonly path: string | null

  /**
   * Facts to act on, for instance `{ available: 0, requested: 1 }`. Empty when there are none. Their type
   * is known for some codes: narrow with `isStockbookError(error, 'INSUFFICIENT_STOCK')`.
   */
  readonly detail: DetailOf<Code>

  /** Finds this call in the server's log. `null` when no answer came. */
  readonly requestId: string | null

  /**
   * Whether the same call may succeed later, unchanged: a lost connection, a timeout, HTTP 408, 429,
   * 502, 503 or 504. What can be repeated without harm has been repeated already.
   */
  readonly retryable: boolean

  /** How many milliseconds the server asks to wait before the next try. `null` when it does not say. */
  readonly retryAfterMs: number | null

  /**
   * For `INVALID_INPUT`: what is wrong with each field. A key is the field's path joined by dots
   * (`lines.0.quantity`), or '' for the input as a whole. Empty for every other code.
   */
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>

  constructor(code: Code, facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.path = facts.path ?? null
    const detail = facts.detail ?? {}
    this.detail = detail as DetailOf<Code>
    this.requestId = facts.requestId ?? null
    this.retryable = facts.retryable ?? false
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.fieldErrors = code === 'INVALID_INPUT' ? fieldErrorsOf(detail) : {}
  }
}

/**
 * Tells a failed call's error from any other, and narrows to one code and its facts when a code is
 * given.
 * Holds across copies of this package, where `instanceof` does not.
 */
export function isStockbookError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is StockbookError<Code> {
  return (
    error instanceof Error &&
    error.name === 'StockbookError' &&
    (code === undefined || (error as StockbookError).code === code)
  )
}

/** The same failure, with the call that it belongs to when it names none yet. */
export function withPath(error: StockbookError, path: string): StockbookError {
  if (error.path !== null) return error
  return new StockbookError(error.code, {
    ...error,
    message: error.message,
    cause: error.cause,
    path,
  })
}

function fieldErrorsOf(detail: ErrorDetail): Record<string, string[]> {
  const fields: Record<string, string[]> = Object.create(null)
  for (const { field, message } of issuesOf(detail)) {
    fields[field] = [...(fields[field] ?? []), message]
  }
  return { ...fields }
}
