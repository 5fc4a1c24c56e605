export type { ApiErrorShape, ApiInputs, ApiOutputs, ApiRouter } from './apiRouter.ts'
export { newCommandId } from './commandId.ts'
export type { Access, Role } from './contract/define.ts'
export { createStockbookClient } from './createStockbookClient.ts'
export type { CsvOptions } from './download/csv.ts'
export type { FileOptions } from './download/download.ts'
export type { DetailOf, ErrorDetails, Shortage } from './errorDetails.ts'
export type { ErrorData, ErrorDetail, ServerErrorCode } from './errors.ts'
export { type ListProcedure, listAll } from './listAll.ts'
export type { Subscription } from './lazily.ts'
export type { LiveOptions } from './live/liveEvents.ts'
export type { SubscriptionHandlers } from './live/subscribe.ts'
export type { StockbookAuth, StockbookClientOptions } from './options.ts'
export type { SessionStore, StoredSession } from './sessionStore.ts'
export type { CallOptions, StockbookClient } from './StockbookClient.ts'
export {
  type ClientErrorCode,
  type ErrorCode,
  type ErrorFacts,
  isStockbookError,
  StockbookError,
} from './StockbookError.ts'
