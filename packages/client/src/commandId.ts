/**
 * A new id for a command: a UUID of version 7, so ids sort by the millisecond they were made in.
 * Keep it (in a file, in the browser's storage) before sending when a crash of your own program must
 * not post the command twice: the same id with the same content returns the first answer.
 */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  const time = Date.now()
  view.setUint32(0, Math.floor(time / 0x10000))
  view.setUint16(4, time % 0x10000)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
