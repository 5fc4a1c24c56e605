import type { RowIssue } from './plan.ts'
import type { RowResult } from './runImport.ts'

type Translate = (key: string, facts?: Record<string, unknown>) => string

/** What is wrong with a cell or a row, in the person's language. */
export function issueText({ code, message, facts }: RowIssue, translate: Translate): string {
  if (message !== undefined) return message
  return translate(`import.faultsOf.${code}`, { ...facts, _: translate(`errors.${code}`) })
}

/** What is wrong with a row, each fault with its column. */
export function issuesText(issues: readonly RowIssue[], translate: Translate): string {
  return issues
    .map((issue) => {
      const text = issueText(issue, translate)
      return issue.field === null ? text : `${translate(`import.fields.${issue.field}`)}: ${text}`
    })
    .join('; ')
}

/** What the report says of a row besides its outcome. */
export function resultText({ row, code, message }: RowResult, translate: Translate): string {
  if (row.issues.length > 0) return issuesText(row.issues, translate)
  return code === null ? '' : translate(`errors.${code}`, { _: message ?? code })
}
