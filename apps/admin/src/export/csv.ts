import Papa from 'papaparse'
import type { CellValue, ColumnKind, ExportColumn } from './columns.ts'
import { formulaGuard } from './formulaGuard.ts'

export type CsvOptions = {
  /** `;` is what Excel expects where decimals have a comma: decimals are then written with one. */
  separator: ',' | ';'
}

/** Excel takes a file without it for the old code page of its country. */
const byteOrderMark = '\u{feff}'

/** A CSV file in parts: its heading, then each batch of rows as it comes. */
export async function* csvParts<Row>(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
  { separator }: CsvOptions,
): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark + csvLines([columns.map(({ label }) => formulaGuard(label))], separator)
  for await (const rows of batches) {
    if (rows.length === 0) continue
    const lines = rows.map((row) =>
      columns.map(({ kind, valueOf }) => csvCell(valueOf(row), kind, separator)),
    )
    yield csvLines(lines, separator)
  }
}

/** Lines of a CSV file; the cells are written as they are. */
export function csvLines(lines: readonly (readonly string[])[], separator: ',' | ';'): string {
  return `${Papa.unparse(lines as string[][], { delimiter: separator, newline: '\r\n' })}\r\n`
}

function csvCell(value: CellValue, kind: ColumnKind, separator: ',' | ';'): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  if (kind === 'decimal' && isDecimal(value)) {
    return separator === ';' ? value.replace('.', ',') : value
  }
  return formulaGuard(value)
}

function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}
