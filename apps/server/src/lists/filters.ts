import { and, type Column, ilike, isNotNull, isNull, or, type SQL } from 'drizzle-orm'

/** Rows in use (`false`), archived ones (`true`), or both (`all`). */
export function archivedIs(column: Column, archived: boolean | 'all'): SQL | undefined {
  if (archived === 'all') return undefined
  return archived ? isNotNull(column) : isNull(column)
}

/** Rows that have a value (`true`), that have none (`false`), or both (`undefined`). */
export function hasValue(column: Column, wanted: boolean | undefined): SQL | undefined {
  if (wanted === undefined) return undefined
  return wanted ? isNotNull(column) : isNull(column)
}

/** Rows in which every word of `search` stands somewhere in one of the columns. */
export function holdsWords(search: string | undefined, ...columns: Column[]): SQL | undefined {
  const words = search?.split(/\s+/).filter((word) => word !== '') ?? []
  return and(...words.map((word) => or(...columns.map((column) => ilike(column, anywhere(word))))))
}

/** A pattern for whatever holds the text. */
export const anywhere = (text: string): string => `%${escaped(text)}%`

/** The text as part of a pattern, with no character standing for others. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
