/**
 * What makes a spreadsheet read a text as a formula: `=`, `+`, `-`, `@` (also full-width), or a tab or
 * line break before them. Quotes in front are looked through, so that `unguarded` can undo exactly.
 */
const looksLikeFormula = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Text that no spreadsheet takes for a formula: a leading `'` is put before what looks like one. For
 * text only: a negative number is a number and must not go through here.
 */
export function formulaGuard(text: string): string {
  return looksLikeFormula.test(text) ? `'${text}` : text
}

/** The text that `formulaGuard` was given. */
export function unguarded(text: string): string {
  return text.startsWith("'") && looksLikeFormula.test(text) ? text.slice(1) : text
}
