import { attachmentExtensions } from '@stockbook/client/contract'
import { fileTypeFromBuffer } from 'file-type'
import { StockError } from '../../errors.ts'

export type MediaType = keyof typeof attachmentExtensions

/**
 * What a file is, by its bytes. Its name must end as such a file's does: who saves it opens it by that.
 * @throws StockError FILE_NOT_ACCEPTED
 */
export async function mediaTypeOf(fileName: string, bytes: Buffer): Promise<MediaType> {
  const found = await foundIn(bytes)
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  if (found !== null && isAccepted(found)) {
    const extensions: readonly string[] = attachmentExtensions[found]
    if (extensions.includes(extension)) return found
  }
  throw new StockError('FILE_NOT_ACCEPTED', { fileName, found })
}

async function foundIn(bytes: Buffer): Promise<string | null> {
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? null
  // Text may begin like something else: a column called "BMW" like a bitmap.
  return !(found !== null && isAccepted(found)) && isCsv(bytes) ? 'text/csv' : found
}

function isAccepted(mediaType: string): mediaType is MediaType {
  return Object.hasOwn(attachmentExtensions, mediaType)
}

/**
 * Text of any encoding that spreadsheets write row by row. Nothing in it says that it is CSV; but it is
 * no markup, which a browser could be made to run.
 */
function isCsv(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  return !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(text) && !/^(\xef\xbb\xbf)?\s*</.test(text)
}
