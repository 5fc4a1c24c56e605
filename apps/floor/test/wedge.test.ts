import { describe, expect, test } from 'vitest'
import { createRepeats } from '../src/scanning/repeats.ts'
import { createWedge, type WedgeAnswer } from '../src/scanning/wedge.ts'

const russian: Record<string, string> = {
  A: 'ф',
  B: 'и',
  C: 'с',
  D: 'в',
  E: 'у',
  F: 'а',
  G: 'п',
  H: 'р',
  I: 'ш',
  J: 'о',
  K: 'л',
  L: 'д',
  M: 'ь',
  N: 'т',
  O: 'щ',
  P: 'з',
  Q: 'й',
  R: 'к',
  S: 'ы',
  T: 'е',
  U: 'г',
  V: 'м',
  W: 'ц',
  X: 'ч',
  Y: 'н',
  Z: 'я',
}

type Key = { key: string; code: string; shiftKey: boolean; ctrlKey: boolean }

/** The keys that a scanner presses for a text, on a computer with this layout. */
function keysOf(text: string, layout: 'us' | 'russian'): Key[] {
  return [...text].map((character) => {
    const base = { shiftKey: false, ctrlKey: false }
    if (character === '\u001d') return { ...base, key: ']', code: 'BracketRight', ctrlKey: true }
    if (/[A-Za-z]/.test(character)) {
      const letter = character.toUpperCase()
      const shiftKey = character === letter
      const other = shiftKey ? russian[letter]!.toUpperCase() : russian[letter]!
      return { ...base, shiftKey, code: `Key${letter}`, key: layout === 'us' ? character : other }
    }
    if (/\d/.test(character)) return { ...base, key: character, code: `Digit${character}` }
    const [code, shiftKey, key]: [string, boolean, string] = {
      '-': ['Minus', false, '-'],
      ']': ['BracketRight', false, layout === 'us' ? ']' : 'ъ'],
      '/': ['Slash', false, layout === 'us' ? '/' : '.'],
      ':': ['Semicolon', true, layout === 'us' ? ':' : 'Ж'],
      '(': ['Digit9', true, '('],
      ')': ['Digit0', true, ')'],
      '.': ['Period', false, layout === 'us' ? '.' : 'ю'],
    }[character] as [string, boolean, string]
    return { ...base, code, shiftKey, key }
  })
}

const end = (key: string): Key => ({ key, code: key, shiftKey: false, ctrlKey: false })

function typed(keys: readonly Key[], gapMs: number): WedgeAnswer[] {
  const wedge = createWedge()
  return keys.map((key, index) => wedge.press(key, index * gapMs))
}

const codes = [
  '4006381333931',
  'TEA-EARL-GREY',
  'a-01-1',
  ']C10109506000134352171712311\u001d10LOT42',
  'https://id.gs1.org/01/09506000134352/10/LOT42',
  '(01)09506000134352(10)LOT42',
]

describe.each(['us', 'russian'] as const)('a scanner at a computer with a %s layout', (layout) => {
  test.each(codes)('is read right: %s', (code) => {
    for (const suffix of ['Enter', 'Tab']) {
      const answers = typed([...keysOf(code, layout), end(suffix)], 8)
      expect(answers.at(-1)).toEqual({ kind: 'scan', text: code })
      expect(answers.slice(0, -1).map(({ kind }) => kind)).not.toContain('scan')
    }
  })
})

test('a scanner that holds Shift with keys of its own is read right', () => {
  const shift = { key: 'Shift', code: 'ShiftLeft', shiftKey: true, ctrlKey: false }
  const keys = keysOf('AB-1', 'us').flatMap((key) => (key.shiftKey ? [shift, key] : [key]))
  expect(typed([...keys, end('Enter')], 8).at(-1)).toEqual({ kind: 'scan', text: 'AB-1' })
})

test('a scanner that sends no end is heard when it falls silent, and only once', () => {
  const wedge = createWedge()
  keysOf('4006381333931', 'us').forEach((key, index) => wedge.press(key, index * 8))
  expect(wedge.rest(100)).toBeNull()
  expect(wedge.rest(250)).toBe('4006381333931')
  expect(wedge.rest(500)).toBeNull()
})

describe('a person who types', () => {
  test('is no scanner, with Enter at the end or without', () => {
    const answers = typed([...keysOf('4006381333931', 'us'), end('Enter')], 90)
    expect(answers.map(({ kind }) => kind)).not.toContain('scan')
  })

  test('and presses Enter alone gives the key to the page', () => {
    expect(typed([end('Enter')], 8)).toEqual([{ kind: 'none' }])
  })

  test('with fast fingers for a few keys is no scanner', () => {
    const wedge = createWedge()
    keysOf('1234', 'us').forEach((key, index) => wedge.press(key, index * 40))
    expect(wedge.rest(1_000)).toBeNull()
  })

  test('just before a scan adds nothing to it', () => {
    const wedge = createWedge()
    wedge.press(keysOf('7', 'us')[0]!, 0)
    const keys = [...keysOf('4006381333931', 'us'), end('Enter')]
    const answers = keys.map((key, index) => wedge.press(key, 500 + index * 8))
    expect(answers.at(-1)).toEqual({ kind: 'scan', text: '4006381333931' })
  })
})

test('the same code within two seconds is a repeat, another or a later one is not', () => {
  const repeats = createRepeats()
  expect(repeats.isRepeat('a', 0)).toBe(false)
  expect(repeats.isRepeat('a', 1_900)).toBe(true)
  // The trigger is still held: it counts from when the code was last seen.
  expect(repeats.isRepeat('a', 3_000)).toBe(true)
  expect(repeats.isRepeat('b', 3_100)).toBe(false)
  expect(repeats.isRepeat('a', 3_200)).toBe(false)
  expect(repeats.isRepeat('a', 5_300)).toBe(false)
})
