import { type ErrorCode, isStockbookError, type StockbookError } from '@stockbook/client'
import type { ProcedureName } from '../contract/procedures.ts'
import { issuesIn } from '../contract/issues.ts'
import { CallError } from './CallError.ts'

export type Words = {
  locale: string
  translate(key: string, facts?: Record<string, unknown>): string
}

/** The error as forms and notices of the panel show it. What is no refusal stays what it is. */
export async function asCallError(
  error: unknown,
  call: { procedure: ProcedureName; input: unknown },
  words: Words,
): Promise<unknown> {
  if (!isStockbookError(error)) return error
  const errors = await fieldErrors(error, call, words)
  const [whole] = errors[''] === undefined ? [] : [errors['']]
  delete errors['']
  return new CallError(error, whole ?? messageOf(error, words), errors)
}

/** What went wrong, in the person's language, with the facts that the server gave. */
export function messageOf(error: StockbookError, { translate }: Words): string {
  const facts = { ...error.detail } as Record<string, unknown>
  if (isStockbookError(error, 'SCAN_INVALID')) {
    const { fault, reason } = error.detail
    facts.fault = translate(`scan.faults.${fault}`, { _: reason })
  }
  return translate(`errors.${error.code}`, { ...facts, _: error.message })
}

/** The facts of some refusals name the field that is at fault. */
async function fieldErrors(
  error: StockbookError,
  call: { procedure: ProcedureName; input: unknown },
  words: Words,
): Promise<Record<string, string>> {
  if (error.code === 'INVALID_INPUT') return issuesIn(call, error.fieldErrors, words.locale)
  const { field = fieldsAtFault[error.code] } = error.detail as { field?: unknown }
  return typeof field === 'string' && hasField(call.input, field)
    ? { [field]: messageOf(error, words) }
    : {}
}

/** Of refusals whose facts do not name it. */
const fieldsAtFault: Partial<Record<ErrorCode, string>> = { INVALID_PARENT: 'parentId' }

function hasField(input: unknown, field: string): boolean {
  return typeof input === 'object' && input !== null && field in input
}
