import { useEffect, useState } from 'react'
import { en } from './en.ts'
import { type Language, loadMessages, type Words, wordsOf } from './format.ts'

/** The sentences of a language; `null` for the moment until the first of them are there. */
export function useWords(language: Language): Words | null {
  const [words, setWords] = useState(() =>
    language === 'en' ? wordsOf('en', en, localeOf('en')) : null,
  )
  useEffect(() => {
    let isWanted = true
    loadMessages(language).then(
      (messages) => isWanted && setWords(wordsOf(language, messages, localeOf(language))),
      // Not kept, and no network to get them: in English rather than not at all.
      () => isWanted && setWords(wordsOf('en', en, localeOf('en'))),
    )
    return () => {
      isWanted = false
    }
  }, [language])
  return words
}

/** The browser's own kind of the language, as British English, for the form of its dates. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language
}
