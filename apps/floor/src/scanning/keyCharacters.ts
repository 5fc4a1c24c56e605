/** One press of a key, as far as it tells which character was meant. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey'>

/** What separates the parts of a GS1 code. */
const groupSeparator = '\u001d'

const unshifted: Readonly<Record<string, string>> = {
  Space: ' ',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
  NumpadAdd: '+',
  NumpadSubtract: '-',
  NumpadMultiply: '*',
  NumpadDivide: '/',
  NumpadDecimal: '.',
}

const shifted: Readonly<Record<string, string>> = {
  Space: ' ',
  Minus: '_',
  Equal: '+',
  BracketLeft: '{',
  BracketRight: '}',
  Backslash: '|',
  Semicolon: ':',
  Quote: '"',
  Backquote: '~',
  Comma: '<',
  Period: '>',
  Slash: '?',
}

const shiftedDigits = ')!@#$%^&*('

/**
 * The character that a key prints by the layout of the computer, or else its place. `null`: it prints
 * none.
 */
export function printed({ key, code, ctrlKey }: KeyPress): string | null {
  if (ctrlKey) return code === 'BracketRight' ? groupSeparator : null
  return [...key].length === 1 ? key : null
}

/** The character at the place of the key on the keyboard that scanners pretend to be, a US one. */
export function placed({ key, code, shiftKey, ctrlKey }: KeyPress): string | null {
  if (ctrlKey) return code === 'BracketRight' ? groupSeparator : null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase()
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit !== undefined) {
    return shiftKey && code.startsWith('Digit') ? shiftedDigits[Number(digit)]! : digit
  }
  return (
    (shiftKey ? shifted[code] : undefined) ??
    unshifted[code] ??
    printed({ key, code, shiftKey, ctrlKey })
  )
}
