import { dayProblem } from './dates.ts'
import { hasCheckDigit } from './gtin.ts'

/** GS1's character sets 82, 39 and 64, and digits. */
const characters: Readonly<Record<string, RegExp>> = {
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[-#/0-9A-Z]*$/,
  Z: /^[-0-9A-Z_a-z=]*$/,
  N: /^\d*$/,
}

type Part = { kind: string; minimum: number; maximum: number }

/** Why a value does not have the format of its AI, in words; `null`: it does. `at` counts from the value's start. */
export function formatProblem(
  format: string,
  value: string,
  now: Date,
): { at: number; reason: string } | null {
  const parts = partsOf(format)
  const shortest = parts.reduce((sum, { minimum }) => sum + minimum, 0)
  const longest = parts.reduce((sum, { maximum }) => sum + maximum, 0)
  if (value.length < shortest || value.length > longest) {
    const wanted = shortest === longest ? `${longest}` : `${shortest} to ${longest}`
    return { at: 0, reason: `has ${value.length} characters and should have ${wanted}` }
  }
  let at = 0
  for (const part of parts) {
    const text = value.slice(at, at + part.maximum)
    if (text.length < part.minimum) return { at, reason: 'is cut off' }
    const reason = text === '' ? null : partProblem(part, text, now)
    if (reason !== null) return { at, reason }
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

function partProblem({ kind, maximum, minimum }: Part, text: string, now: Date): string | null {
  const allowed = characters[kind] ?? characters.N!
  if (!allowed.test(text)) {
    return allowed === characters.N
      ? 'has something else than digits'
      : 'has a character that GS1 data cannot have'
  }
  // Of a part that may be absent there is all or nothing, unless it has a range.
  if (kind !== 'X' && minimum === 0 && 'DET'.includes(kind) && text.length < maximum) {
    return 'is cut off'
  }
  if (kind === 'K' && !hasCheckDigit(text)) return 'the check digit is wrong'
  if (kind === 'D') return dayProblem(text, now, { mayBeWholeMonth: true })
  if (kind === 'E') return dayProblem(text, now, { mayBeWholeMonth: false })
  if (kind === 'T' && !/^([01]\d|2[0-3])[0-5]\d$/.test(text)) return 'is not a time of the day'
  if (kind === 'B' && !/^[01]$/.test(text)) return 'is neither 0 nor 1'
  return null
}
