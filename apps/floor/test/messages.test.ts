import { parseScan, ScanError } from '@stockbook/client/scan'
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

describe('what is wrong with a code is told in the language of the screen', () => {
  const inEnglish = wordsOf('en', english)
  const inRussian = wordsOf('ru', russian)

  test.each([
    ['4006381333932', 'its check digit is wrong', 'контрольная цифра неверна'],
    [
      '(01)9506000134352',
      'it is too short or too long: (01), character 5',
      'он слишком короток или длинен: (01), символ 5',
    ],
    [
      '(01)09506000134352(01)04006381333931',
      'it says two different things: (01), character 19',
      'в нём сказано разное об одном: (01), символ 19',
    ],
    [
      '(01)09506000134352(05)1',
      'it has data of a kind that GS1 does not know: character 19',
      'в нём данные неизвестного GS1 вида: символ 19',
    ],
  ])('%s', (scan, text, other) => {
    const fault = faultOf(scan)
    expect(inEnglish.scanFault(fault)).toBe(text)
    expect(inRussian.scanFault(fault)).toBe(other)
  })
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

  test.each([
    { code: 'UNAVAILABLE', message: '', detail: { retryAfterSeconds: 1 } },
    { code: 'UNEXPECTED_ANSWER', message: '', detail: { httpStatus: 503, contentType: null } },
    { code: 'UNEXPECTED_ANSWER', message: '', detail: { httpStatus: 429, contentType: null } },
  ] as const)('of a busy server is no lack of a network: $code $detail', (busy) => {
    expect(wordsOf('en', english).failure(busy, 'no network')).toContain('The server is busy')
    expect(wordsOf('ru', russian).failure(busy, 'нет сети')).toContain('Сервер занят')
  })

  test.each(['CONNECTION_FAILED', 'TIMED_OUT'] as const)(
    'is none without a network: %s',
    (code) => {
      const away = { code, message: '', detail: {} }
      expect(wordsOf('ru', russian).failure(away, 'нет сети')).toBe('нет сети')
    },
  )

  test('by a page of another network is told as that, not as a busy server', () => {
    const foreign = { code: 'UNEXPECTED_ANSWER' as const, message: '', detail: { httpStatus: 200 } }
    expect(wordsOf('en', english).failure(foreign, 'no network')).toContain('is not the server')
  })

  test('that nobody has translated is told in the server’s words', () => {
    const unknown = { code: 'LAST_ADMIN' as const, message: 'Nobody else could', detail: {} }
    expect(wordsOf('ru', russian).failure(unknown)).toBe('Nobody else could')
  })
})

function faultOf(scan: string): ScanError {
  try {
    const read = parseScan(scan)
    if (read.kind === 'text' && read.doubt !== null) return read.doubt
  } catch (error) {
    if (error instanceof ScanError) return error
  }
  throw new Error(`nothing is wrong with ${scan}`)
}
