import Papa from 'papaparse'
import { unguarded } from '../export/formulaGuard.ts'
import { type ImportTable, tableOf, UnreadableFileError } from './table.ts'

/**
 * A CSV file: UTF-8 with or without a mark, UTF-16 with one, else windows-1251 as Excel in Russian
 * writes it; separated by comma, semicolon or tab. The guards that our export puts before formulas go.
 * @throws UnreadableFileError
 */
export function readDelimited(bytes: Uint8Array): ImportTable {
  const text = decode(bytes)
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separatorOf(text) })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken !== undefined) throw new UnreadableFileError('brokenQuotes', (broken.row ?? 0) + 1)
  return tableOf(data.map((cells) => cells.map(unguarded)))
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** The one that the headings have most of; a heading in quotes may hold the others. */
function separatorOf(text: string): string {
  const headings = (/^\s*[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"(?:[^"]|"")*"/g, '')
  const counted = [',', ';', '\t'].map((separator) => ({
    separator,
    count: headings.split(separator).length,
  }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).separator
}
