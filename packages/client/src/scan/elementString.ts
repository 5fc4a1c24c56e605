import { identifierAt, identifierNamed, type RawElement } from './elements.ts'
import { predefinedLength } from './identifiers.ts'
import { ScanError } from './ScanError.ts'
import { separator, type Symbols } from './symbols.ts'

/**
 * Data as a GS1 barcode carries it: AI and data in a row, with a separator after all data whose
 * length is not predefined.
 * @throws ScanError
 */
export function readElementString({ text, positions }: Symbols): RawElement[] {
  const found: RawElement[] = []
  for (let at = 0; at < text.length; ) {
    const identifier = identifierAt(text.slice(at), positions[at]!)
    const begin = at + identifier.ai.length
    const length = predefinedLength(identifier.ai)
    const nextSeparator = text.indexOf(separator, begin)
    const rest = nextSeparator === -1 ? text.length : nextSeparator
    const end = length === undefined ? rest : Math.min(rest, begin + length)
    found.push({
      identifier,
      value: text.slice(begin, end),
      aiPosition: positions[at]!,
      valuePosition: positions[begin] ?? positions[at]!,
    })
    // Needless after data of a predefined length, and at the end: there all the same on some labels.
    at = text[end] === separator ? end + 1 : end
  }
  return found
}

const bracketedAi = /\((\d{2,4})\)/g

/**
 * Data as people read it below a barcode: `(01)09506000134352(10)LOT42`.
 * @param text begins with a bracketed AI
 * @throws ScanError
 */
export function readBracketed(text: string, offset: number): RawElement[] {
  const starts = [...text.matchAll(bracketedAi)]
  return starts.map((start, index) => {
    const begin = start.index + start[0].length
    const data = text.slice(begin, starts[index + 1]?.index)
    const spaces = data.length - data.trimStart().length
    return {
      identifier: identifierNamed(start[1]!, offset + start.index),
      value: data.trim(),
      aiPosition: offset + start.index,
      valuePosition: offset + begin + spaces,
    }
  })
}

/** @throws ScanError when nothing was found */
export function refuseNothing(found: readonly RawElement[], position: number): void {
  if (found.length > 0) return
  throw new ScanError({ code: 'NO_DATA', ai: null, position, reason: 'there is no data' })
}
