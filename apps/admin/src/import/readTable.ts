import { type ImportTable, UnreadableFileError } from './table.ts'

/** A larger file does not fit through a browser's memory: split it. Bytes. */
export const maxFileBytes = 50 * 1024 * 1024

/**
 * Reads a CSV or XLSX file, told apart by how it begins and not by its name.
 * @throws UnreadableFileError
 */
export async function readTable(file: Blob): Promise<ImportTable> {
  if (file.size > maxFileBytes) throw new UnreadableFileError('tooLarge')
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (isZip(start) || isOldExcel(start)) {
    const { readWorkbook } = await import('./readWorkbook.ts')
    return readWorkbook(file)
  }
  const { readDelimited } = await import('./readDelimited.ts')
  return readDelimited(new Uint8Array(await file.arrayBuffer()))
}

const isZip = (start: Uint8Array) => start[0] === 0x50 && start[1] === 0x4b

const isOldExcel = (start: Uint8Array) => start[0] === 0xd0 && start[1] === 0xcf
