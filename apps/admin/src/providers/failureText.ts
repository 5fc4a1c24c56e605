import { refusalOf } from './CallError.ts'
import { messageOf, type Words } from './callErrors.ts'

/** Why something failed, in the person's language; the failure's own words where it is no refusal. */
export function failureText(error: unknown, words: Words): string {
  const refusal = refusalOf(error)
  if (refusal !== null) return messageOf(refusal, words)
  return error instanceof Error ? error.message : String(error)
}
