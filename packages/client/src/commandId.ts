/** Asked for once for many ids: each asking costs more than all the rest of an id. */
const random = new Uint16Array(512)
let used = random.length

/**
 * A new id for a command: a UUID of version 7, so ids sort by the millisecond they were made in.
 * Keep it (in a file, in the browser's storage) before sending when a crash of your own program must
 * not post the command twice: the same id with the same content returns the first answer.
 */
export function newCommandId(): string {
  const time = hex(Date.now(), 12)
  const end = hex(next()) + hex(next()) + hex(next())
  const version = hex(0x7000 | (next() & 0xfff))
  const variant = hex(0x8000 | (next() & 0x3fff))
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${end}`
}

function next(): number {
  if (used === random.length) {
    crypto.getRandomValues(random)
    used = 0
  }
  return random[used++]!
}

const hex = (number: number, digits = 4) => number.toString(16).padStart(digits, '0')
