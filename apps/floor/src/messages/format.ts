import type { ScanError } from '@stockbook/client/scan'
import { type Failure, isBusy, isUnreachable } from '../failure.ts'
import { en, type Messages } from './en.ts'

/** The languages, by their own names. */
export const languageNames = { en: 'English', ru: 'Русский' } as const

export type Language = keyof typeof languageNames

/** The sentences of a language; those of all but English are loaded when they are asked for. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'ru' ? (await import('./ru.ts')).ru : en
}

/** The first of the browser's languages that there is, else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const found = wanted
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag in languageNames)
  return (found as Language | undefined) ?? 'en'
}

/** The sentences of a language, with its numbers and times. */
export type Words = Messages & {
  number(value: number): string
  time(value: Date): string
  day(value: string): string
  /**
   * Why something was refused or could not be asked, for a person.
   * @param withoutNetwork what to say when the server cannot be reached. Default: just that
   */
  failure(failure: Failure, withoutNetwork?: string): string
  /** What is wrong with a code, for a person. */
  scanFault(fault: ScanError): string
}

/** @param locale whose numbers and times they are, such as `en-GB`. Default: those of the language */
export function wordsOf(language: Language, messages: Messages, locale: string = language): Words {
  const numbers = new Intl.NumberFormat(locale)
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const number = (value: unknown) => (typeof value === 'number' ? numbers.format(value) : '?')
  const time = (value: Date) => times.format(value)
  return {
    ...messages,
    number,
    time,
    scanFault({ code, ai, position }) {
      const { wrongCode } = messages
      // The whole number has to be read again, not its last digit.
      if (code === 'CHECK_DIGIT_WRONG') return wrongCode[code]
      const part = ai === null ? '' : `(${ai}), `
      // People count from one.
      return `${wrongCode[code]}: ${part}${wrongCode.at(number(position + 1))}`
    },
    day: (value) => days.format(new Date(`${value}T00:00:00Z`)),
    failure(failure, withoutNetwork) {
      const { code, message, detail } = failure
      const { refusal } = messages
      if (withoutNetwork !== undefined && isUnreachable(failure)) return withoutNetwork
      if (isBusy(failure)) return refusal.UNAVAILABLE
      if (code === 'INSUFFICIENT_STOCK') {
        const place = String(detail.location ?? '?')
        return refusal[code](number(detail.available), number(detail.requested), place)
      }
      if (code === 'INSUFFICIENT_STOCK_IN_PAST') {
        return refusal[code](number(detail.shortfall), time(new Date(String(detail.firstBadAt))))
      }
      if (code === 'TOO_MANY_ATTEMPTS') return refusal[code](number(detail.retryAfterSeconds))
      // A newer server may refuse for reasons that this page does not know.
      const sentence = (refusal as Record<string, unknown>)[code]
      return typeof sentence === 'string' ? sentence : message
    },
  }
}
