import { dayProblem } from './dates.ts'
import { hasCheckDigit } from './gtin.ts'
import type { ScanErrorCode } from './ScanError.ts'

/** GS1's character sets 82, 39 and 64, and digits. */
const characters: Readonly<Record<string, RegExp>> = {
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[-#/0-9A-Z]*$/,
  Z: /^[-0-9A-Z_a-z=]*$/,
  N: /^\d*$/,
}

type Problem = { code: ScanErrorCode; reason: string }

const cutOff: Problem = { code: 'LENGTH_WRONG', reason: 'is cut off' }

export const wrongCheckDigit: Problem = {
  code: 'CHECK_DIGIT_WRONG',
  reason: 'the check digit is wrong',
}

type Part = { kind: string; minimum: number; maximum: number }

/** Why a value does not have the format of its AI; `null`: it does. `at` counts from the value's start. */
export function formatProblem(
  format: string,
  value: string,
  now: Date,
): (Problem & { at: number }) | null {
  const parts = partsOf(format)
  const shortest = parts.reduce((sum, { minimum }) => sum + minimum, 0)
  const longest = parts.reduce((sum, { maximum }) => sum + maximum, 0)
  if (value.length < shortest || value.length > longest) {
    const wanted = shortest === longest ? `${longest}` : `${shortest} to ${longest}`
    const reason = `has ${value.length} characters and should have ${wanted}`
    return { at: 0, code: 'LENGTH_WRONG', reason }
  }
  let at = 0
  for (const part of parts) {
    const text = value.slice(at, at + part.maximum)
    if (text.length < part.minimum) return { at, ...cutOff }
    const problem = text === '' ? null : partProblem(part, text, now)
    if (problem !== null) return { at, ...problem }
    at += text.length
  }
  return null
}

function partsOf(format: string): Part[] {
  return format.split(' ').map((text) => {
    const [, optional, kind = 'X', range, length] = /^(\[)?([A-Z])(\.\.)?(\d+)\]?$/.exec(text) ?? []
    const maximum = Number(length)
    return { kind, maximum, minimum: optional ? 0 : range ? 1 : maximum }
  })
}

function partProblem({ kind, maximum, minimum }: Part, text: string, now: Date): Problem | null {
  const allowed = characters[kind] ?? characters.N!
  if (!allowed.test(text)) {
    const reason =
      allowed === characters.N
        ? 'has something else than digits'
        : 'has a character that GS1 data cannot have'
    return { code: 'CHARACTER_WRONG', reason }
  }
  // Of a part that may be absent there is all or nothing, unless it has a range.
  if (kind !== 'X' && minimum === 0 && 'DET'.includes(kind) && text.length < maximum) {
    return cutOff
  }
  if (kind === 'K' && !hasCheckDigit(text)) return wrongCheckDigit
  if (kind === 'D' || kind === 'E') {
    const reason = dayProblem(text, now, { mayBeWholeMonth: kind === 'D' })
    return reason === null ? null : { code: 'DATE_WRONG', reason }
  }
  if (kind === 'T' && !/^([01]\d|2[0-3])[0-5]\d$/.test(text)) {
    return { code: 'DATE_WRONG', reason: 'is not a time of the day' }
  }
  if (kind === 'B' && !/^[01]$/.test(text)) {
    return { code: 'CHARACTER_WRONG', reason: 'is neither 0 nor 1' }
  }
  return null
}
