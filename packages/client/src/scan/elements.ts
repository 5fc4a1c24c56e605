import { formatProblem } from './format.ts'
import { type Identifier, identifierAtStartOf, identifierOf } from './identifiers.ts'
import { ScanError } from './ScanError.ts'

/** One piece of GS1 data. */
export type ScanElement = {
  /** The application identifier, for instance `10`. */
  ai: string
  /** GS1's short name of it, for instance `BATCH/LOT`. */
  title: string
  /** As scanned; only a GTIN always has its fourteen digits. */
  value: string
}

/** A piece of data as it was found, before it is known to be right. */
export type RawElement = {
  identifier: Identifier
  value: string
  /** Where its AI and its data begin in the scanned text. */
  aiPosition: number
  valuePosition: number
}

/** Finds an AI among the digits that a bracket or an address gives. */
export function identifierNamed(ai: string, position: number): Identifier {
  const identifier = identifierOf(ai)
  if (identifier) return identifier
  throw new ScanError({
    code: 'IDENTIFIER_UNKNOWN',
    ai: null,
    position,
    reason: `there is no application identifier ${ai}`,
  })
}

/** Finds the AI that a text begins with. */
export function identifierAt(text: string, position: number): Identifier {
  const identifier = identifierAtStartOf(text)
  if (identifier) return identifier
  const found = text.slice(0, 4)
  throw new ScanError({
    code: 'IDENTIFIER_UNKNOWN',
    ai: null,
    position,
    reason: `'${found}' does not begin with an application identifier`,
  })
}

/**
 * Judges what was found: each value by its format, then all of them together.
 * @throws ScanError
 */
export function checkedElements(found: readonly RawElement[], now: Date): ScanElement[] {
  for (const { identifier, value, valuePosition } of found) {
    const problem = formatProblem(identifier.format, value, now)
    if (problem === null) continue
    const { at, code, reason } = problem
    throw new ScanError({ code, ai: identifier.ai, position: valuePosition + at, reason })
  }
  const distinct = withoutRepetitions(found)
  for (const element of distinct) refuseBadCompany(element, distinct)
  return distinct.map(({ identifier: { ai, title }, value }) => ({ ai, title, value }))
}

/** A label may say a thing twice, as long as it says the same. */
function withoutRepetitions(found: readonly RawElement[]): RawElement[] {
  const byAi = new Map<string, RawElement>()
  for (const element of found) {
    const earlier = byAi.get(element.identifier.ai)
    if (earlier === undefined) byAi.set(element.identifier.ai, element)
    else if (earlier.value !== element.value) {
      throw new ScanError({
        code: 'CONTRADICTION',
        ai: element.identifier.ai,
        position: element.aiPosition,
        reason: 'stands there twice with different data',
      })
    }
  }
  return [...byAi.values()]
}

function refuseBadCompany(
  { identifier: { ai, needs, forbids }, aiPosition: position }: RawElement,
  all: readonly RawElement[],
): void {
  const others = all.map(({ identifier }) => identifier.ai).filter((other) => other !== ai)
  const isThere = (pattern: string) =>
    others.some((other) => new RegExp(`^${pattern.replaceAll('n', String.raw`\d`)}$`).test(other))
  const missing = needs.find((group) => !group.some(isThere))
  if (missing) {
    const reason = `cannot stand without ${missing.map((other) => `(${other})`).join(' or ')}`
    throw new ScanError({ code: 'COMBINATION_WRONG', ai, position, reason })
  }
  const forbidden = forbids.find(isThere)
  if (forbidden) {
    const reason = `cannot stand together with (${forbidden})`
    throw new ScanError({ code: 'COMBINATION_WRONG', ai, position, reason })
  }
}
