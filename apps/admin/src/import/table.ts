/** A file as a person sees it in a spreadsheet: headings, and rows of text below them. */
export type ImportTable = {
  headings: readonly string[]
  rows: readonly ImportRow[]
}

export type ImportRow = {
  /** As a spreadsheet counts: the headings stand in row 1. */
  number: number
  /** One for each heading. An empty cell is ''. */
  cells: readonly string[]
}

/** Why a file cannot be read. The page says it in the person's language. */
export type UnreadableReason =
  | 'empty'
  | 'noRows'
  | 'oldExcel'
  | 'notASpreadsheet'
  | 'brokenQuotes'
  | 'tooLarge'

export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError'
  readonly reason: UnreadableReason
  /** The row in which it was found, where there is one. */
  readonly row: number | null

  constructor(reason: UnreadableReason, row: number | null = null) {
    super(`The file cannot be imported: ${reason}${row === null ? '' : ` in row ${row}`}.`)
    this.reason = reason
    this.row = row
  }
}

/**
 * Takes the first row that is not empty for the headings, and leaves out empty rows and columns.
 * @throws UnreadableFileError `empty`, `noRows`
 */
export function tableOf(lines: readonly (readonly string[])[]): ImportTable {
  const filled = lines
    .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first, ...rest] = filled
  if (first === undefined) throw new UnreadableFileError('empty')
  if (rest.length === 0) throw new UnreadableFileError('noRows')
  const width = Math.max(...filled.map(({ cells }) => cells.length))
  const columns = Array.from({ length: width }, (_, index) => index).filter((index) =>
    filled.some(({ cells }) => (cells[index] ?? '') !== ''),
  )
  const pick = (cells: readonly string[]) => columns.map((index) => cells[index] ?? '')
  return {
    headings: pick(first.cells),
    rows: rest.map(({ number, cells }) => ({ number, cells: pick(cells) })),
  }
}
