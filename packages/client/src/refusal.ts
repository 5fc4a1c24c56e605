import { isStockbookError } from './StockbookError.ts'

const defaultHoldMs = 60_000

/**
 * For how many milliseconds a refused sign-in or renewal is not to be repeated by itself, because the
 * answer would be the same and the server counts attempts. `null` when the error is no refusal.
 */
export function refusalHoldsMs(error: unknown): number | null {
  if (!isStockbookError(error)) return null
  if (error.code === 'SIGN_IN_FAILED' || error.code === 'SIGN_IN_REQUIRED') return defaultHoldMs
  const isTooMany = error.code === 'TOO_MANY_ATTEMPTS' || error.detail.httpStatus === 429
  return isTooMany ? (error.retryAfterMs ?? defaultHoldMs) : null
}
