/** What a spreadsheet would take for a formula; the full-width signs, where people write Chinese or Japanese. */
const startsFormula = /^[=+\-@＝＋－＠\t\r]/

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text)

/** A value as it stands in a CSV file: nothing that people have typed is ever run by a spreadsheet. */
export function csvCell(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return value
  if (value instanceof Date) return value.toISOString()
  const text = String(value)
  return startsFormula.test(text) && !isNumber(text) ? `'${text}` : text
}
