// Words in these are no statements: strings, bodies of functions, comments. Quoted names are names.
const opaque =
  /'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|\bbegin\s+atomic\b[\s\S]*?\bend\b/gi
const quotedName = /"(?:[^"]|"")*"/g

/** One statement, with blanks for all that is not its own words, and the line where it begins, from 0. */
export type BareStatement = { text: string; line: number }

/** Takes SQL apart at its semicolons. Enough to see what a statement does, not to run it. */
export function bareStatements(sql: string): BareStatement[] {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ')
  const words = sql.replace(opaque, blank).replace(quotedName, (name) => name.replaceAll(';', ' '))
  const statements: BareStatement[] = []
  let begin = 0
  for (const part of words.split(';')) {
    const first = begin + (part.length - part.trimStart().length)
    const text = part.trim()
    if (text !== '') statements.push({ text, line: sql.slice(0, first).split('\n').length - 1 })
    begin += part.length + 1
  }
  return statements
}
