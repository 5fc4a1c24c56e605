/** What is wrong with the text of a cell; the page says it in the person's language. */
export type CellFault =
  | 'notWhole'
  | 'notDecimal'
  | 'ambiguousNumber'
  | 'notADay'
  | 'notAChoice'
  | 'notAPackaging'

/** What a cell's text means, or what is wrong with it. */
export type CellMeaning = { value: unknown } | { fault: CellFault; facts?: Record<string, string> }

/** How a field understands the text of its cells. */
export type CellReader = (text: string) => CellMeaning

export const asText: CellReader = (text) => ({ value: text })

/** A whole number; a space may part its thousands. */
export const asWhole: CellReader = (text) => {
  const digits = withoutSpaces(text)
  if (isAmbiguous(digits)) return { fault: 'ambiguousNumber' }
  const whole = /^(-?\d+)(?:[.,]0+)?$/.exec(digits)?.[1]
  return whole === undefined ? { fault: 'notWhole' } : { value: Number(whole) }
}

/** A decimal number as a string with a point, whatever the country writes. */
export const asDecimal: CellReader = (text) => {
  const digits = withoutSpaces(text)
  if (isAmbiguous(digits)) return { fault: 'ambiguousNumber' }
  if (/^\d+(\.\d+)?$/.test(digits)) return { value: digits }
  if (/^\d+,\d+$/.test(digits)) return { value: digits.replace(',', '.') }
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(digits)) return { value: digits.replaceAll(',', '') }
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(digits)) {
    return { value: digits.replaceAll('.', '').replace(',', '.') }
  }
  return { fault: 'notDecimal' }
}

/** A day as `YYYY-MM-DD`; may be written as `31.12.2026` too. */
export const asDay: CellReader = (text) => {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : dotted
      ? [dotted[3], dotted[2]?.padStart(2, '0'), dotted[1]?.padStart(2, '0')]
      : []
  const written = `${year}-${month}-${day}`
  const date = new Date(`${written}T00:00:00Z`)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
  return exists ? { value: written } : { fault: 'notADay' }
}

/** One of a few values, under any of its names in either language. */
export function asChoice(names: Readonly<Record<string, readonly string[]>>): CellReader {
  return (text) => {
    const wanted = text.toLocaleLowerCase()
    const found = Object.entries(names).find(([value, others]) =>
      [value, ...others].some((name) => name.toLocaleLowerCase() === wanted),
    )
    if (found !== undefined) return { value: found[0] }
    return { fault: 'notAChoice', facts: { choices: Object.keys(names).join(', ') } }
  }
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f]/g, '')
}

/** `1,234` is a thousand and more in one country, and little more than one in another. */
function isAmbiguous(digits: string): boolean {
  return /^-?[1-9]\d{0,2},\d{3}$/.test(digits)
}
