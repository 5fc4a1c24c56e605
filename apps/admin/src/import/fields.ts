import type { CellReader } from './cells.ts'
import type { ImportRow, ImportTable } from './table.ts'

/** One thing that a column of the file can be. */
export type ImportField = {
  key: string
  /** A row without it is refused. */
  required: boolean
  /** Headings that mean this field, in both languages. */
  names: readonly string[]
  read: CellReader
}

/** Which field each column of the table is, in the order of its headings. `null`: left out. */
export type ColumnMapping = readonly (string | null)[]

/** The mapping that the headings suggest. No field is given to two columns. */
export function guessMapping(
  headings: readonly string[],
  fields: readonly ImportField[],
): ColumnMapping {
  const taken = new Set<string>()
  return headings.map((heading) => {
    const name = bare(heading)
    const field = fields.find(
      ({ key, names }) =>
        !taken.has(key) && [key, ...names].some((candidate) => bare(candidate) === name),
    )
    if (field === undefined) return null
    taken.add(field.key)
    return field.key
  })
}

/** A row under the names of its fields. Empty cells and columns that are left out are not there. */
export type MappedRow = { number: number; values: Readonly<Record<string, string>> }

export function mapRows({ rows }: ImportTable, mapping: ColumnMapping): MappedRow[] {
  return rows.map(({ number, cells }: ImportRow) => ({
    number,
    values: Object.fromEntries(
      mapping.flatMap((key, index) => {
        const text = cells[index] ?? ''
        return key === null || text === '' ? [] : [[key, text]]
      }),
    ),
  }))
}

/** A heading without what people write differently: case, spaces, signs, ё. */
function bare(heading: string): string {
  return heading
    .toLocaleLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
