import type { ErrorData } from './errors.ts'
import { issuesOf } from './issues.ts'

/** A message is to be read at a glance; all issues are in the error's `fieldErrors`. */
const toldIssues = 3

/**
 * The message of a refusal. It is the server's sentence, which a page may show to people as it is,
 * unless that alone would leave a programmer to guess: then it names the procedure and its faults.
 */
export function refusalMessage(
  path: string,
  { code, detail }: Pick<ErrorData, 'code' | 'detail'>,
  sentence: string,
): string {
  if (code === 'UNKNOWN_PROCEDURE') {
    return `The server has no procedure ${path}. Is the name right, and the server as new as this client?`
  }
  if (code !== 'INVALID_INPUT') return sentence
  const issues = issuesOf(detail)
  if (issues.length === 0) return `${path}: ${sentence}`
  const told = issues
    .slice(0, toldIssues)
    .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
  const untold = issues.length - told.length
  return `${path}: ${told.join('; ')}${untold > 0 ? `; and ${untold} more` : ''}`
}
