import { ScanError } from '@stockbook/client/scan'
import { describe, expect, test } from 'vitest'
import { en as english } from '../src/messages/en.ts'
import { preferredLanguage, wordsOf } from '../src/messages/format.ts'
import { ru as russian } from '../src/messages/ru.ts'

type Tree = { [key: string]: string | Tree | ((...args: never[]) => string) }

function leavesOf(tree: Tree, path = ''): [string, string | ((...args: never[]) => string)][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object'
      ? leavesOf(value, `${path}${key}.`)
      : [[`${path}${key}`, value] as const],
  ) as [string, string | ((...args: never[]) => string)][]
}

const en = new Map(leavesOf(english as unknown as Tree))
const ru = new Map(leavesOf(russian as unknown as Tree))

test('every language has the same sentences', () => {
  expect([...ru.keys()].toSorted()).toEqual([...en.keys()].toSorted())
})

/** Names are the same in every language. */
const names = ['appName']

test('every sentence of the Russian screen is Russian, and says each of its facts', () => {
  for (const [key, sentence] of ru) {
    if (names.includes(key)) continue
    const facts = ['⟨1⟩', '⟨2⟩', '⟨3⟩', '⟨4⟩'].slice(0, en.get(key)!.length)
    const text = typeof sentence === 'string' ? sentence : sentence(...(facts as never[]))
    if (key !== 'fields.inAll') expect(text, key).toMatch(/[а-яё]/i)
    if (typeof sentence === 'string') continue
    for (const fact of facts) expect(text, key).toContain(fact)
  }
})

test('the language is the first of the browser’s that there is', () => {
  expect(preferredLanguage(['de-DE', 'ru-RU', 'en'])).toBe('ru')
  expect(preferredLanguage(['en-GB', 'ru'])).toBe('en')
  expect(preferredLanguage(['de', 'fr'])).toBe('en')
})

test('what is wrong with a code is told in the language of the screen', () => {
  const checkDigit = new ScanError({ ai: '01', position: 4, reason: 'the check digit is wrong' })
  const order = new ScanError({ ai: '22', position: 46, reason: 'stands in the wrong order' })
  const none = new ScanError({ ai: null, position: 0, reason: 'there is no data' })
  expect(wordsOf('en', english).scanFault(order)).toBe(
    '(22) stands in the wrong order, at character 46',
  )
  expect(wordsOf('ru', russian).scanFault(checkDigit)).toBe('контрольная цифра неверна')
  expect(wordsOf('ru', russian).scanFault(order)).toBe('ошибка в (22), символ 46')
  expect(wordsOf('ru', russian).scanFault(none)).toBe('ошибка в GS1, символ 0')
})

describe('a refusal', () => {
  const failure = {
    code: 'INSUFFICIENT_STOCK' as const,
    message: '',
    detail: { available: 1, requested: 12_000, location: 'A-1' },
  }

  test('is told with its facts, in the language’s numbers', () => {
    expect(wordsOf('en', english).failure(failure)).toContain('12,000')
    expect(wordsOf('ru', russian).failure(failure)).toMatch(/A-1.*1,.*12\s000/)
  })

  test('that nobody has translated is told in the server’s words', () => {
    const unknown = { code: 'LAST_ADMIN' as const, message: 'Nobody else could', detail: {} }
    expect(wordsOf('ru', russian).failure(unknown)).toBe('Nobody else could')
  })
})
