import { isStockbookError, type StockbookError } from '@stockbook/client'
import { HttpError } from 'react-admin'

/** A refused call, in words for the person and with what is wrong with each field of the form. */
export class CallError extends HttpError {
  override readonly name = 'CallError'
  readonly refusal: StockbookError

  constructor(refusal: StockbookError, message: string, errors: Record<string, string>) {
    const hasErrors = Object.keys(errors).length > 0
    super(message, 400, hasErrors ? { errors } : {})
    this.refusal = refusal
    this.cause = refusal
  }
}

/** What the server, or the client itself, refused; `null` when something else failed. */
export function refusalOf(error: unknown): StockbookError | null {
  if (error instanceof CallError) return error.refusal
  return isStockbookError(error) ? error : null
}
