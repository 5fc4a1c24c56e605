import type { Migration } from '../folder/folder.ts'

const word = String.raw`(?:"[^"]+"|\w+)`
const name = new RegExp(String.raw`${word}(?:\.${word})*`, 'g')

/**
 * What a down says that it loses, in lines like `-- loses data: products.weight of every row` and
 * `-- loses data: every row of products`. A line that names columns of a table means only these.
 */
export function namedLosses({ down }: Migration) {
  const lines = [...(down?.text ?? '').matchAll(/^-- loses data: (.*)$/gm)].map(
    ([, words = '']) => new Set((words.match(name) ?? []).map(short)),
  )
  const namesColumnOf = (names: Set<string>, table: string) =>
    [...names].some((it) => it.startsWith(`${short(table)}.`))
  return {
    table: (table: string): boolean =>
      lines.some((names) => names.has(short(table)) && !namesColumnOf(names, table)),
    column: (table: string, column: string): boolean =>
      lines.some((names) => names.has(short(`${table}.${column}`))),
  }
}

const short = (path: string) => path.replaceAll('"', '').replace(/^public\./, '')
