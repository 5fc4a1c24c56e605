import type { z } from 'zod'
import { ruleIn, sayIn } from '../contract/sentences.ts'
import type { ImportField, MappedRow } from './fields.ts'
import type { RowIssue } from './plan.ts'

/** What the cells of a row mean, and what is wrong with some of them. */
export function readCells(
  row: MappedRow,
  fields: readonly ImportField[],
): { given: Record<string, unknown>; issues: RowIssue[] } {
  const given: Record<string, unknown> = {}
  const issues: RowIssue[] = []
  for (const { key, read } of fields) {
    const text = row.values[key]
    if (text === undefined) continue
    const meaning = read(text)
    if ('value' in meaning) given[key] = meaning.value
    else issues.push({ field: key, code: meaning.fault, facts: { text, ...meaning.facts } })
  }
  return { given, issues }
}

/** The cells that a row must have and has not. */
export function missingCells(row: MappedRow, fields: readonly ImportField[]): RowIssue[] {
  return fields
    .filter(({ key, required }) => required && row.values[key] === undefined)
    .map(({ key }) => ({ field: key, code: 'REQUIRED' }))
}

/**
 * Checks an input by the contract's own schema.
 * @param fieldOf which field a key of the contract comes from, where the two differ in name
 */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  input: Record<string, unknown>,
  locale: string,
  fieldOf: Readonly<Record<string, string>>,
): { input: z.output<Schema> } | { issues: RowIssue[] } {
  const result = schema.safeParse(input, { error: sayIn(locale) })
  if (result.success) return { input: result.data }
  return {
    issues: result.error.issues.map(({ path, message }) => {
      const key = String(path[0] ?? '')
      return {
        field: key === '' ? null : (fieldOf[key] ?? key),
        code: 'INVALID_INPUT',
        message: ruleIn(locale, message),
      }
    }),
  }
}
