import { csvLines } from '../export/csv.ts'
import { formulaGuard } from '../export/formulaGuard.ts'
import type { ImportRun } from './runImport.ts'

/**
 * The report of a run: a line for each row of the file.
 * @param headings of the five columns: row, name, what happened, code, message
 * @param words says in the person's language what happened, and what is wrong
 */
export function reportOf(
  { results }: ImportRun,
  headings: readonly [string, string, string, string, string],
  words: {
    outcome(result: ImportRun['results'][number]): string
    message(result: ImportRun['results'][number]): string
  },
): Blob {
  const lines = results.map((result) => [
    String(result.row.number),
    result.row.name,
    words.outcome(result),
    result.code ?? '',
    words.message(result),
  ])
  const cells = [headings, ...lines].map((line) => line.map(formulaGuard))
  return new Blob(['\u{feff}', csvLines(cells, ',')], { type: 'text/csv;charset=utf-8' })
}
