import type { z } from 'zod'
import ru from 'zod/v4/locales/ru.js'
import { rulesInRussian } from './rulesInRussian.ts'

type Issue = z.core.$ZodRawIssue

type Speech = {
  least(bound: string): string
  most(bound: string): string
  shortest(length: string): string
  longest(length: string): string
  empty: string
  whole: string
  number: string
  list: string
  email: string
  day: string
  moment: string
  yesOrNo: string
  id: string
  choice: string
}

const english: Speech = {
  least: (bound) => `at least ${bound}`,
  most: (bound) => `at most ${bound}`,
  shortest: (length) => `at least ${length} characters`,
  longest: (length) => `at most ${length} characters`,
  empty: 'must not be empty',
  whole: 'a whole number is needed',
  number: 'a number is needed',
  list: 'a list of values is needed',
  email: 'an e-mail address is needed, like name@example.com',
  day: 'a day is needed, like 2026-01-31',
  moment: 'a day and a time are needed, like 2026-01-31T14:00',
  yesOrNo: 'yes or no is needed',
  id: 'a row is needed, by its number',
  choice: 'this is none of the choices',
}

const russian: Speech = {
  least: (bound) => `не меньше ${bound}`,
  most: (bound) => `не больше ${bound}`,
  shortest: (length) => `не короче ${length} знаков`,
  longest: (length) => `не длиннее ${length} знаков`,
  empty: 'не может быть пустым',
  whole: 'нужно целое число',
  number: 'нужно число',
  list: 'нужен список значений',
  email: 'нужен адрес почты, например name@example.com',
  day: 'нужен день, например 2026-01-31',
  moment: 'нужны день и время, например 2026-01-31T14:00',
  yesOrNo: 'нужно «да» или «нет»',
  id: 'нужна строка, по её номеру',
  choice: 'такого выбора нет',
}

/** What zod is to say of a value that is not as a schema wants it: in words of people where we have them. */
export function sayIn(locale: string): (issue: Issue) => string | undefined {
  const isRussian = locale.startsWith('ru')
  const speech = isRussian ? russian : english
  const otherwise = isRussian ? ru().localeError : undefined
  return (issue) => {
    const own = sentence(issue, speech, (bound) => Number(bound).toLocaleString(locale))
    if (own !== undefined) return own
    const told = otherwise?.(issue)
    return typeof told === 'object' ? told?.message : told
  }
}

/** A sentence of the contract's own rules, in the person's language. */
export function ruleIn(locale: string, sentence: string): string {
  return locale.startsWith('ru') ? (rulesInRussian[sentence] ?? sentence) : sentence
}

function sentence(
  issue: Issue,
  speech: Speech,
  number: (bound: number | bigint) => string,
): string | undefined {
  if (issue.code === 'too_small' && issue.inclusive !== false) {
    if (issue.origin === 'number' || issue.origin === 'int')
      return speech.least(number(issue.minimum))
    if (issue.origin !== 'string') return undefined
    return issue.minimum === 1 ? speech.empty : speech.shortest(number(issue.minimum))
  }
  if (issue.code === 'too_big' && issue.inclusive !== false) {
    if (issue.origin === 'number' || issue.origin === 'int')
      return speech.most(number(issue.maximum))
    return issue.origin === 'string' ? speech.longest(number(issue.maximum)) : undefined
  }
  if (issue.code === 'invalid_value') return speech.choice
  if (issue.code === 'invalid_type') return neededType(issue.expected, speech)
  if (issue.code === 'invalid_format') return neededFormat(issue.format, speech)
  return undefined
}

function neededType(type: string, speech: Speech): string | undefined {
  const needed: Readonly<Record<string, string>> = {
    int: speech.whole,
    number: speech.number,
    date: speech.moment,
    boolean: speech.yesOrNo,
    array: speech.list,
  }
  return needed[type]
}

function neededFormat(format: string, speech: Speech): string | undefined {
  const needed: Readonly<Record<string, string>> = {
    email: speech.email,
    date: speech.day,
    uuid: speech.id,
  }
  return needed[format]
}
