import type { ErrorDetail } from './errors.ts'
import type { ScanErrorCode } from './scan/ScanError.ts'
import type { ErrorCode } from './StockbookError.ts'

/** Goods at a place, with what a person calls them. */
type NamedLevel = {
  productId: string
  sku: string
  locationId: string
  /** Code of the location. */
  location: string
  /** `null` when the product is not tracked by lot. */
  lotId: string | null
}

/** How much of some goods is missing at a place. */
export type Shortage = NamedLevel & {
  /** Base units that may be taken from the location: on hand, less what is set aside for others. */
  available: number
  /** Base units that the whole command takes from there. */
  requested: number
  /** Base units there that reservations set aside for others; absent when nothing of it is. */
  held?: number
}

/** The facts of the failures whose facts are always the same. */
export type ErrorDetails = {
  INVALID_INPUT: {
    /** At most a hundred. `path` leads into the input, for instance `['lines', 0, 'quantity']`. */
    issues: { path: (string | number)[]; message: string }[]
  }
  /** The first shortage, and all of them: a hundred at most. */
  INSUFFICIENT_STOCK: Shortage & { shortages: Shortage[] }
  INSUFFICIENT_STOCK_IN_PAST: NamedLevel & {
    /** The first moment below zero, in the form of `Date.toISOString()`. */
    firstBadAt: string
    /** Base units missing at that moment. */
    shortfall: number
  }
  ALREADY_EXISTS: {
    /** What there is one of already, for instance `product`. */
    entity: string
    /** The field of the input that is at fault. */
    field: string
    /** What was taken. `null` or absent when the server cannot say. */
    value?: string | null
  }
  CHANGED_MEANWHILE: {
    id: string
    /** The version that the caller gave. */
    expectedVersion: number
    /** The version that the row has now. */
    version: number
  }
  FIELD_FORBIDDEN: {
    /** The field that the caller may not read or write. */
    field: string
    /** Where the input names it, for instance `['where', 'unitCost']`. */
    path: string[]
  }
  SCAN_INVALID: {
    /** What is wrong. Stable across versions: branch on this, never on the reason. */
    fault: ScanErrorCode
    /** The application identifier at fault, for instance `01`. `null`: none could be read. */
    ai: string | null
    /** Where in the scanned text, counted in characters from 0. */
    position: number
    /** For a person, in English. */
    reason: string
  }
  TOO_MANY_ATTEMPTS: { retryAfterSeconds: number }
}

/** The facts that come with a code; for several codes at once whatever each may bring. */
export type DetailOf<Code extends ErrorCode> = [Code] extends [keyof ErrorDetails]
  ? Readonly<ErrorDetails[Code]>
  : ErrorDetail
