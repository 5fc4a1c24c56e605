import type { ErrorDetail } from './errors.ts'

/** What is wrong with one field. Its path is joined by dots, '' for the input as a whole. */
export type Issue = { field: string; message: string }

/** The issues in the detail of `INVALID_INPUT`. What has another form is left out. */
export function issuesOf(detail: ErrorDetail): Issue[] {
  const issues: readonly unknown[] = Array.isArray(detail.issues) ? detail.issues : []
  return issues.flatMap((issue) => {
    const { path, message } = (issue ?? {}) as { path?: unknown; message?: unknown }
    return Array.isArray(path) && typeof message === 'string'
      ? [{ field: path.join('.'), message }]
      : []
  })
}
