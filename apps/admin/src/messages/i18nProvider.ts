import polyglotI18nProvider from 'ra-i18n-polyglot'
import type { I18nProvider } from 'react-admin'
import { resources } from '../resources/index.ts'
import { en, type Messages } from './en.ts'
import { ru } from './ru.ts'

/** Each language the panel speaks, under its code, with its own name. */
export const languages = { en: 'English', ru: 'Русский' } as const

export type Locale = keyof typeof languages

const dictionaries: Record<Locale, Messages> = { en, ru }

/** The first language of the browser that the panel speaks. */
function browserLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.split('-')[0] ?? '')
  return wanted.find((language): language is Locale => language in dictionaries) ?? 'en'
}

export function createI18nProvider(initial: Locale = browserLocale()): I18nProvider {
  return polyglotI18nProvider(
    (locale) => messagesIn(locale as Locale),
    initial,
    Object.entries(languages).map(([locale, name]) => ({ locale, name })),
  )
}

/** Everything the panel says in a language, as react-admin looks it up. */
export function messagesIn(locale: Locale) {
  const messages = dictionaries[locale]
  const tables = resources.map(({ name }) => [
    name,
    { name: messages.names[name as keyof Messages['names']], fields: messages.fields },
  ])
  return { ...messages, resources: Object.fromEntries(tables) }
}
