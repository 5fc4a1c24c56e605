/** What parts data of variable length: FNC1 in the barcode, ASCII 29 in what a scanner sends. */
export const separator = '\u001d'

/** How scanners, keyboards and printed tests write that separator where they cannot send it. */
const surelySeparators = ['\u001d', '\u241d', '<GS>', '{GS}', '<FNC1>', '{FNC1}', 'Alt029']
/** Also one, in GS1 data; an own label may well have it. */
const maybeSeparators = ['#']

/** A text in which every spelling of the separator is one character, and where each one came from. */
export type Symbols = { text: string; positions: readonly number[] }

/** Invisible characters that cameras and clipboards add. */
const invisible = /[\u200b-\u200f\u2060\ufeff]/

/** Folds every spelling of the separator into one character. */
export function symbolsOf(scan: string, offset: number): Symbols {
  let text = ''
  const positions: number[] = []
  for (let at = 0; at < scan.length; ) {
    const spelled = [...surelySeparators, ...maybeSeparators].find((one) =>
      scan.startsWith(one, at),
    )
    if (spelled !== undefined || !invisible.test(scan[at]!)) {
      text += spelled === undefined ? scan[at]! : separator
      positions.push(offset + at)
    }
    at += spelled?.length ?? 1
  }
  return { text, positions }
}

/** Whether a text has a separator that nothing but GS1 data has. */
export function hasSureSeparator(scan: string): boolean {
  return surelySeparators.some((one) => scan.includes(one))
}

/** Where the text begins and ends when what only frames it is left out. */
export function frameOf(scan: string): { begin: number; end: number } {
  const framing = (character: string | undefined) =>
    character !== undefined && (/[\s]/.test(character) || invisible.test(character))
  let begin = 0
  let end = scan.length
  // ASCII 29 counts as white space in no engine, but is data here: only spaces, tabs and line ends go.
  while (begin < end && framing(scan[begin])) begin++
  while (end > begin && framing(scan[end - 1])) end--
  return { begin, end }
}
