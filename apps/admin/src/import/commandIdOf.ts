/**
 * The id under which a part of a file is posted: the same file says the same, however often it is
 * sent and whether it is saved as CSV or XLSX. A UUID of version 8, shaped from a SHA-256.
 * @param rows what the file says, cell by cell
 * @param chunk which part of it, from 0
 */
export async function commandIdOf(
  rows: readonly (readonly string[])[],
  chunk: number,
): Promise<string> {
  const text = JSON.stringify(['opening stock', chunk, rows])
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const bytes = new Uint8Array(hash, 0, 16)
  bytes.set([((bytes[6] ?? 0) & 0x0f) | 0x80], 6)
  bytes.set([((bytes[8] ?? 0) & 0x3f) | 0x80], 8)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
