/** Stands in the place of diacritic in the built pages, which brings a table for what browsers know. */
export function clean(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}
