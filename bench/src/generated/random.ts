/** Numbers that look random and are the same for the same seed (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0
  /** From 0 to below 1. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    /** A whole number from 0 to below `count`. */
    below: (count: number): number => Math.floor(next() * count),
    chance: (probability: number): boolean => next() < probability,
  }
}

/** A UUID that looks random, as ids of rows do, and is the same for the same kind and number. */
export function uuidOf(kind: number, number: number): string {
  const words = [0, 1, 2, 3].map((index) =>
    hex(scramble(scramble(number + index * 0x9e3779b9) ^ kind)),
  )
  return asUuid(words.join(''), '4')
}

/** A UUID that begins with a moment, as the SDK makes them for commands. */
export function uuidAt(ms: number, number: number): string {
  const time = ms.toString(16).padStart(12, '0')
  const rest = hex(scramble(number)) + hex(scramble(number ^ 0x5bd1e995)) + hex(scramble(~number))
  return asUuid(`${time}7${rest}`, '7')
}

function asUuid(digits: string, version: string): string {
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0')

/** Spreads neighbours far apart (the finaliser of MurmurHash3). No two numbers come out alike. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
