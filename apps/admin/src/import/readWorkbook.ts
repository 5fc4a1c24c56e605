// The variant for workers decompresses where it is called. The others start a worker from a blob, which
// the content policy of the page refuses.
import { InvalidInputError, readSheet } from 'read-excel-file/web-worker'
import { unguarded } from '../export/formulaGuard.ts'
import { type ImportTable, tableOf, UnreadableFileError } from './table.ts'

/**
 * The first sheet of an XLSX file. Numbers come as the decimal text that Excel shows, never by way of
 * a float; dates as `YYYY-MM-DD`.
 * @throws UnreadableFileError
 */
export async function readWorkbook(file: Blob): Promise<ImportTable> {
  let lines: unknown[][]
  try {
    lines = await readSheet<NumberCell>(file, 1, {
      parseNumber: (text) => ({ decimal: text }),
      trim: false,
    })
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    throw new UnreadableFileError(unreadable[error.code] ?? 'notASpreadsheet')
  }
  return tableOf(lines.map((cells) => cells.map(textOf)))
}

const unreadable: Partial<Record<InvalidInputError['code'], 'empty' | 'oldExcel'>> = {
  NO_DATA: 'empty',
  XLS_FILE_NOT_SUPPORTED: 'oldExcel',
}

type NumberCell = { decimal: string }

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return unguarded(cell)
  if (typeof cell === 'boolean') return String(cell)
  if (cell instanceof Date) return dateText(cell)
  return decimalText((cell as NumberCell).decimal)
}

function dateText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/**
 * What Excel shows for a number as the file holds it: 15 digits. A file may say 0.1 as
 * 0.10000000000000001, and large or small numbers with an exponent.
 */
export function decimalText(stored: string): string {
  const digits = stored.replaceAll(/^-?0*|\.|e.*$/gi, '')
  if (!/e/i.test(stored) && digits.length <= 15) return stored
  return plain(Number(stored).toExponential(14))
}

/** A decimal in exponent form, written out without zeros at its end. */
function plain(exponential: string): string {
  const parts = /^(-?)(\d)\.(\d+)e([+-]\d+)$/.exec(exponential)
  if (parts === null) return exponential
  const [, sign = '', first = '', rest = '', exponent = '0'] = parts
  const digits = (first + rest).replace(/0+$/, '') || '0'
  const point = Number(exponent) + 1
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (digits.length <= point) return sign + digits.padEnd(point, '0')
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
