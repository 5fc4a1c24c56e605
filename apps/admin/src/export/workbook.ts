import writeExcelFile, { type Cell } from 'write-excel-file/universal'
import type { CellValue, ColumnKind } from './columns.ts'
import { formulaGuard } from './formulaGuard.ts'

/** What a worksheet is made of. */
export type Worksheet = {
  /** Its name on the tab. */
  name: string
  columns: readonly { label: string; kind: ColumnKind }[]
  rows: readonly (readonly CellValue[])[]
}

/** A worksheet is put together in the browser's memory: so many rows of it are safe there. */
export const maxWorksheetRows = 100_000

/** An XLSX file: numbers as numbers, days and moments as dates, text that never is a formula. */
export async function workbook({ name, columns, rows }: Worksheet): Promise<Blob> {
  const heading: Cell[] = columns.map(({ label }) => ({
    value: formulaGuard(label),
    type: String,
    fontWeight: 'bold',
  }))
  const cells = rows.map((row) => row.map((value, index) => cell(value, columns[index]?.kind)))
  return writeExcelFile([heading, ...cells], {
    sheet: name.replaceAll(/[\\/*?:[\]]/g, ' ').slice(0, 31),
    columns: columns.map(({ label, kind }) => ({
      width: Math.max(label.length + 2, widths[kind]),
    })),
    stickyRowsCount: 1,
  }).toBlob()
}

const widths: Record<ColumnKind, number> = {
  text: 24,
  integer: 12,
  decimal: 14,
  day: 12,
  moment: 20,
  boolean: 8,
}

function cell(value: CellValue, kind: ColumnKind | undefined): Cell {
  if (value === null) return null
  if (value instanceof Date) {
    return { value: wallClock(value), type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
  }
  if (typeof value === 'number') return { value, type: Number }
  if (typeof value === 'boolean') return { value, type: Boolean }
  if (kind === 'day' && isWorkbookDay(value)) {
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
  }
  if (kind === 'decimal' && isExactNumber(value)) {
    const places = value.split('.')[1]?.length ?? 0
    const format = places === 0 ? '0' : `0.${'0'.repeat(places)}`
    return { value: Number(value), type: Number, format }
  }
  return { value: formulaGuard(value), type: String }
}

/** A worksheet knows no time zones: it gets what the clock of the person who exports shows. */
function wallClock(moment: Date): Date {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
}

/** Excel's calendar begins in 1900 and believes that February had 29 days then. */
function isWorkbookDay(day: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= '1900-03-01'
}

/** A worksheet's numbers carry 15 digits. What has more stays text, so that none is lost. */
function isExactNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text) && text.replaceAll(/^-?0*|\./g, '').length <= 15
}
