import { readFile } from 'node:fs/promises'

/** One row: what stands under each heading, null for `NULL`. */
export type Row<Heading extends string> = Record<Heading, string | null>

/**
 * Reads a table whose fields are not quoted. A comma followed by a space belongs to its field; any
 * other ends it.
 * @throws naming file and line when a line has another number of fields than the heading, or when
 * a heading is missing.
 */
export async function readTable<Heading extends string>(
  file: URL,
  headings: readonly Heading[],
): Promise<Row<Heading>[]> {
  const [first = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/)
  const columns = split(first)
  const missing = headings.filter((heading) => !columns.includes(heading))
  if (missing.length > 0) throw new Error(`${file.pathname}: no column ${missing.join(', ')}`)
  return lines.map((line, index) => {
    const fields = split(line)
    if (fields.length !== columns.length) {
      throw new Error(
        `${file.pathname}:${index + 2}: ${fields.length} fields instead of ${columns.length}`,
      )
    }
    const values = headings.map((heading) => {
      const value = fields[columns.indexOf(heading)]?.trim()
      return [heading, value === 'NULL' || value === undefined || value === '' ? null : value]
    })
    return Object.fromEntries(values) as Row<Heading>
  })
}

function split(line: string): string[] {
  return line.split(/,(?! )/)
}
