import { useLocale } from 'react-admin'

/**
 * The form in which the person writes numbers and times: of the browser's languages the first that
 * is the panel's language, with its region, so that English of Britain is not taken for American.
 */
export function usePersonLocale(): string {
  const locale = useLocale()
  return navigator.languages.find((language) => language.split('-')[0] === locale) ?? locale
}
