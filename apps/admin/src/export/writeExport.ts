import type { CellValue, ExportColumn } from './columns.ts'
import { csvParts } from './csv.ts'
import { jsonParts } from './json.ts'
import type { SaveTarget } from './save.ts'

export type ExportFormat = 'csv' | 'csv-semicolon' | 'xlsx' | 'json'

/** How each format's file is called and what it is. */
export const exportFormats: Record<
  ExportFormat,
  { extension: 'csv' | 'xlsx' | 'json'; type: string }
> = {
  csv: { extension: 'csv', type: 'text/csv;charset=utf-8' },
  'csv-semicolon': { extension: 'csv', type: 'text/csv;charset=utf-8' },
  xlsx: {
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  json: { extension: 'json', type: 'application/json' },
}

export type ExportJob<Row> = {
  format: ExportFormat
  /** The name of the sheet in a workbook. */
  title: string
  columns: readonly ExportColumn<Row>[]
  batches: AsyncIterable<readonly Row[]>
  target: SaveTarget
}

/** An Excel sheet cannot hold that many rows. */
export class TooManyRowsError extends Error {
  override readonly name = 'TooManyRowsError'
}

/**
 * Writes all rows to the target and completes the file; on any failure no file is left.
 * @throws TooManyRowsError and what the list throws
 */
export async function writeExport<Row>(job: ExportJob<Row>): Promise<void> {
  const { target } = job
  try {
    if (job.format === 'xlsx') await target.write(await workbookOf(job))
    else for await (const part of textParts(job, job.format)) await target.write(part)
    await target.finish()
  } catch (error) {
    await target.abandon()
    throw error
  }
}

function textParts<Row>(
  { batches, columns }: ExportJob<Row>,
  format: Exclude<ExportFormat, 'xlsx'>,
): AsyncIterable<string> {
  if (format === 'json') return jsonParts(batches, columns)
  return csvParts(batches, columns, { separator: format === 'csv' ? ',' : ';' })
}

async function workbookOf<Row>({ batches, columns, title }: ExportJob<Row>): Promise<Blob> {
  const { maxWorksheetRows, workbook } = await import('./workbook.ts')
  const rows: CellValue[][] = []
  for await (const batch of batches) {
    if (rows.length + batch.length > maxWorksheetRows) throw new TooManyRowsError()
    for (const row of batch) rows.push(columns.map(({ valueOf }) => valueOf(row)))
  }
  return workbook({ name: title, columns, rows })
}
