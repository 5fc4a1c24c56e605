import type { Link } from '../link.ts'
import { download, type FileOptions } from './download.ts'

/** How a report is to be written, and who may give it up. */
export type CsvOptions = FileOptions & {
  /** Between two cells. Default `,`. Spreadsheets of many countries want `;`. */
  separator?: ',' | ';' | undefined
  /** Begin with a byte order mark, by which Excel knows UTF-8. Default `false`. */
  bom?: boolean | undefined
}

/**
 * Asks for a report as a file.
 * @throws StockbookError
 */
export function downloadCsv(
  link: Link,
  path: string,
  input: unknown,
  { separator = ',', bom = false, signal }: CsvOptions = {},
): Promise<Response> {
  const [, name] = path.split('.')
  const query = new URLSearchParams({
    input: JSON.stringify(input ?? {}),
    separator,
    bom: String(bom),
  })
  const file = { path, address: `/reports/${name}.csv?${query}`, mediaType: /^text\/csv/ }
  return download(link, file, { signal })
}
