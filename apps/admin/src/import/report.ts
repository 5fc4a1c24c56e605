import { csvLines } from '../export/csv.ts'
import { formulaGuard } from '../export/formulaGuard.ts'
import type { PlannedRow } from './plan.ts'
import type { ImportRun, RowResult } from './runImport.ts'

/**
 * The report of a run: a line for each row of the file.
 * @param headings of the five columns: row, name, what happened, code, message
 * @param words says in the person's language what happened, and what is wrong
 */
export function reportOf(
  { results }: ImportRun,
  headings: readonly string[],
  words: { outcome(result: RowResult): string; message(result: RowResult): string },
): Blob {
  const lines = results.map((result) => [
    String(result.row.number),
    result.row.name,
    words.outcome(result),
    result.code ?? '',
    words.message(result),
  ])
  return file([headings, ...lines])
}

/**
 * The faults that a dry run found: a line for each row that has some.
 * @param headings of the four columns: row, name, code, message
 */
export function faultsReport(
  rows: readonly PlannedRow[],
  headings: readonly string[],
  messageOf: (row: PlannedRow) => string,
): Blob {
  const lines = rows.map((row) => [
    String(row.number),
    row.name,
    row.issues.map(({ code }) => code).join(' '),
    messageOf(row),
  ])
  return file([headings, ...lines])
}

function file(lines: readonly (readonly string[])[]): Blob {
  const text = csvLines(
    lines.map((line) => line.map(formulaGuard)),
    ',',
  )
  return new Blob(['\u{feff}', text], { type: 'text/csv;charset=utf-8' })
}
