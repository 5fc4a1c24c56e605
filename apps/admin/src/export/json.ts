import type { ExportColumn } from './columns.ts'

/** A JSON file in parts: an array with one object a row, each on a line of its own. */
export async function* jsonParts<Row>(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly ExportColumn<Row>[],
): AsyncGenerator<string, void, undefined> {
  yield '['
  let separator = '\n'
  for await (const rows of batches) {
    if (rows.length === 0) continue
    const objects = rows.map((row) =>
      JSON.stringify(Object.fromEntries(columns.map(({ key, valueOf }) => [key, valueOf(row)]))),
    )
    yield separator + objects.join(',\n')
    separator = ',\n'
  }
  yield '\n]\n'
}
