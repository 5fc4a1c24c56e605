import { isStockbookError } from '@stockbook/client'
import type { OutboxFailure } from '@stockbook/client/outbox'

/** What a call failed with, as far as a person is told. */
export type Failure = Pick<OutboxFailure, 'code' | 'message' | 'detail'>

/** No word comes from the server. */
export const unreachable: Failure = {
  code: 'CONNECTION_FAILED',
  message: 'The server cannot be reached.',
  detail: {},
}

export function failureOf(error: unknown): Failure {
  return isStockbookError(error) ? error : unreachable
}

/** Whether a network would help. Else the server, or what stands before it, has answered. */
export function isUnreachable({ code }: Failure): boolean {
  return code === 'CONNECTION_FAILED' || code === 'TIMED_OUT'
}

/** What stands before the server says with these that the server cannot answer now. */
const statusesOfBusy: readonly unknown[] = [408, 429, 502, 503, 504]

/** Whether the server cannot answer now, and will when it is asked again. */
export function isBusy({ code, detail }: Failure): boolean {
  if (code === 'UNAVAILABLE') return true
  return code === 'UNEXPECTED_ANSWER' && statusesOfBusy.includes(detail.httpStatus)
}
