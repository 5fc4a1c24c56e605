import { isStockbookError } from './StockbookError.ts'

/** For so long a refusal is not asked for again by itself, unless the server says for how long. */
export const defaultHoldMs = 60_000

/**
 * For how many milliseconds a refused sign-in is not to be repeated by itself: the answer would be the
 * same, and the server counts attempts. `null` when the error is no refusal.
 */
export function refusalHoldsMs(error: unknown): number | null {
  if (!isStockbookError(error)) return null
  if (/^(SIGN_IN_FAILED|SECOND_FACTOR_)/.test(error.code)) return defaultHoldMs
  const isTooMany = error.code === 'TOO_MANY_ATTEMPTS' || error.detail.httpStatus === 429
  return isTooMany ? (error.retryAfterMs ?? defaultHoldMs) : null
}
