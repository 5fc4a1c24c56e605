import type { Link } from '../link.ts'
import { download, type FileOptions } from './download.ts'

/**
 * Asks for an attachment as its bytes.
 * @throws StockbookError
 */
export function downloadAttachment(
  link: Link,
  path: string,
  { id }: { id: string },
  options: FileOptions = {},
): Promise<Response> {
  const address = `/attachments/${encodeURIComponent(id)}`
  return download(
    link,
    { path, address, mediaType: /^(image\/|application\/pdf|text\/csv)/ },
    options,
  )
}
