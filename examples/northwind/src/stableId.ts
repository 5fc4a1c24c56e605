import { createHash } from 'node:crypto'

/**
 * The same UUID for the same name, for ever. A command that is sent again under it is recognised
 * by the server, so running the whole script again posts nothing twice.
 */
export function stableId(name: string): string {
  const hex = createHash('sha256').update(`northwind ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
