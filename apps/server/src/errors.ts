import { type ErrorDetail, errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'

/** A refusal with a name. A transaction that it leaves is rolled back. */
export class StockError extends Error {
  readonly code: ServerErrorCode
  readonly detail: ErrorDetail

  constructor(code: ServerErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(errorCatalogue[code].message, options)
    this.name = 'StockError'
    this.code = code
    this.detail = detail
  }
}
