import polyglotI18nProvider from 'ra-i18n-polyglot'
import type { I18nProvider } from 'react-admin'
import { resources } from '../resources/index.ts'
import type { Messages } from './en.ts'

/** Each language the panel speaks, under its code, with its own name. */
export const languages = { en: 'English', ru: 'Русский' } as const

export type Locale = keyof typeof languages

/** A language is loaded when somebody speaks it. */
const dictionaries: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import('./en.ts')).en,
  ru: async () => (await import('./ru.ts')).ru,
}

function isLocale(text: unknown): text is Locale {
  return typeof text === 'string' && text in dictionaries
}

/** The first language of the browser that the panel speaks. */
function browserLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.split('-')[0])
  return wanted.find(isLocale) ?? 'en'
}

/** @param chosen by the person, earlier. Default: none, and the browser says it */
export async function createI18nProvider(chosen?: unknown): Promise<I18nProvider> {
  const initial = isLocale(chosen) ? chosen : browserLocale()
  const messages = await messagesIn(initial)
  return polyglotI18nProvider(
    (locale) => (locale === initial ? messages : messagesIn(locale as Locale)),
    initial,
    Object.entries(languages).map(([locale, name]) => ({ locale, name })),
  )
}

/** Everything the panel says in a language, as react-admin looks it up. */
export async function messagesIn(locale: Locale) {
  const messages = await dictionaries[locale]()
  const tables = resources.map(({ name }) => [
    name,
    { name: messages.names[name as keyof Messages['names']], fields: messages.fields },
  ])
  return { ...messages, resources: Object.fromEntries(tables) }
}
