import type { Field, FieldKind } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'
import type { CellValue, ColumnKind, ExportColumn } from './columns.ts'
import type { NameOf } from './referenceNames.ts'

type Row = Readonly<Record<string, unknown>>

const columnKinds: Partial<Record<FieldKind, ColumnKind>> = {
  integer: 'integer',
  decimal: 'decimal',
  day: 'day',
  moment: 'moment',
  boolean: 'boolean',
}

/**
 * Columns as a person reads them: names in the place of ids, choices in words.
 * @param fields which, in their order
 */
export function readableColumns(
  resource: Resource,
  fields: readonly Field[],
  translate: (key: string, options?: { _: string }) => string,
  nameOf: NameOf,
): ExportColumn<Row>[] {
  return fields.map((field) => ({
    key: field.name,
    label: translate(`resources.${resource.name}.fields.${field.name}`),
    kind: resource.references?.[field.name] ? 'text' : (columnKinds[field.kind] ?? 'text'),
    valueOf(row) {
      const value = row[field.name] ?? null
      const reference = resource.references?.[field.name]
      if (value === null) return null
      if (reference !== undefined) return nameOf(reference, value)
      if (field.kind === 'choice') {
        return translate(`choices.${field.name}.${String(value)}`, { _: String(value) })
      }
      return readableValue(field, value)
    },
  }))
}

/** Columns as a program reads them: the values of the contract under its names. */
export function plainColumns(fields: readonly Field[]): ExportColumn<Row>[] {
  return fields.map(({ name }) => ({
    key: name,
    label: name,
    kind: 'text',
    // JSON takes every value as it is.
    valueOf: (row) => (row[name] ?? null) as CellValue,
  }))
}

function readableValue({ kind, name }: Field, value: unknown): CellValue {
  if (kind === 'rows') return rowsText(name, value as readonly Row[])
  if (value instanceof Date) return value
  if (typeof value === 'object') return JSON.stringify(value)
  return value as CellValue
}

/** Rows inside a row, in the form in which the import takes them. */
function rowsText(name: string, rows: readonly Row[]): string {
  const inUse = rows.filter(({ archivedAt }) => (archivedAt ?? null) === null)
  switch (name) {
    case 'packagings':
      return inUse.map((row) => `${String(row.name)}=${String(row.factor)}`).join('; ')
    case 'codes':
      return inUse.map(codeText).join('; ')
    default:
      return inUse.length === 0 ? '' : JSON.stringify(inUse)
  }
}

function codeText({ type, code, packaging }: Row): string {
  if (typeof packaging === 'string') return `${packaging}: ${String(code)}`
  const looksLikeGtin = /^(\d{8}|\d{12,14})$/.test(String(code))
  return type === 'own' && looksLikeGtin ? `own: ${String(code)}` : String(code)
}
