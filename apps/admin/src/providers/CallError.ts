import { isStockbookError, type StockbookError } from '@stockbook/client'

/** A refused call, in words for the person and with what is wrong with each field of the form. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly refusal: StockbookError
  /** Where the forms of react-admin look for what is wrong with their fields. */
  readonly body: { errors?: Readonly<Record<string, string>> }

  constructor(refusal: StockbookError, message: string, errors: Record<string, string>) {
    super(message, { cause: refusal })
    this.refusal = refusal
    this.body = Object.keys(errors).length > 0 ? { errors } : {}
  }
}

/** What the server, or the client itself, refused; `null` when something else failed. */
export function refusalOf(error: unknown): StockbookError | null {
  if (error instanceof CallError) return error.refusal
  return isStockbookError(error) ? error : null
}

/** Whether no row is found: there is none by this id, or what is given is no id at all. */
export function isNoSuchRow(error: unknown): boolean {
  const code = refusalOf(error)?.code
  return code === 'NOT_FOUND' || code === 'INVALID_INPUT'
}
