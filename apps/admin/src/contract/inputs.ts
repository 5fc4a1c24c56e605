import type { Field } from './fields.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * What a form or a filter holds, as the procedure takes it: only fields that it knows, moments as
 * `Date`, and nothing for what was left empty and may be.
 */
export function inputFrom(fields: readonly Field[], values: Values): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const value = valueFor(field, values[field.name])
    if (value !== undefined) input[field.name] = value
  }
  return input
}

/** What an update is asked for: the fields whose value is another one than before. */
export function changesBetween(
  fields: readonly Field[],
  before: Values,
  after: Values,
): Record<string, unknown> {
  const old = inputFrom(fields, before)
  const changed = Object.entries(inputFrom(fields, after)).filter(
    ([name, value]) => !isSame(value, old[name]),
  )
  return Object.fromEntries(changed)
}

/** What a form for a new row begins with. */
export function defaultsOf(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => ('default' in field ? [[field.name, field.default]] : [])),
  )
}

/** A change may leave any field out; a person who empties one that must have a value is told so. */
export function asFilled(field: Field): Field {
  return { ...field, required: !field.nullable && field.kind !== 'rows' }
}

/** Whether two values of a row are the same to a person: rows inside are compared by what they hold. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function valueFor(field: Field, value: unknown): unknown {
  if (value === undefined) return undefined
  if (value === null || value === '') return field.nullable ? null : undefined
  if (field.kind === 'ids' && (value as unknown[]).length === 0) {
    return field.nullable ? null : undefined
  }
  // Nothing chosen of several: the filter narrows nothing.
  if (['choices', 'texts'].includes(field.kind) && (value as unknown[]).length === 0) {
    return undefined
  }
  switch (field.kind) {
    case 'moment':
      return new Date(value as string | Date)
    case 'archived':
      return value === 'all' ? value : value === true || value === 'true'
    case 'rows':
      return rowsFor(field, value as readonly Values[])
    case 'text':
    case 'longText':
    case 'email':
      return trimmed(field, value)
    case 'decimal':
      return withoutLastZeros(trimmed(field, value))
    case 'audited':
    case 'boolean':
    case 'choice':
    case 'choices':
    case 'day':
    case 'done':
    case 'program':
    case 'id':
    case 'ids':
    case 'integer':
    case 'password':
    case 'texts':
    case 'value':
      return value
  }
}

/** Of nothing but spaces, nothing is left; the server says so where there must be something. */
function trimmed({ nullable }: Field, value: unknown): string | null {
  const text = String(value).trim()
  return text === '' && nullable ? null : text
}

/** `39.0000` is the number that `39` is. */
function withoutLastZeros(decimal: string | null): string | null {
  return decimal !== null && /^-?\d+\.\d+$/.test(decimal) ? decimal.replace(/\.?0+$/, '') : decimal
}

/** Rows that are in use, without what the procedure does not take. */
function rowsFor(field: Field, rows: readonly Values[]): unknown[] {
  return rows
    .filter((row) => (row?.archivedAt ?? null) === null)
    .map((row) => inputFrom(field.fields, row ?? {}))
}
