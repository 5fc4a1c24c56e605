/** To the minute, in the zone of whoever looks. */
export const momentFormat: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

/**
 * A decimal string in the person's form: it never becomes a float.
 * @param leastPlaces so many at least. Default 2, as money is written.
 */
export function decimalText(value: unknown, locale: string, leastPlaces = 2): string {
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return String(value ?? '')
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: leastPlaces,
    maximumFractionDigits: Math.max(leastPlaces, value.split('.')[1]?.length ?? 0),
  }).format(value as Intl.StringNumericLiteral)
}

/** A day, `YYYY-MM-DD`, in the person's form: the same day in every zone. */
export function dayText(value: string, locale: string): string {
  const day = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(day.getTime())
    ? value
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(day)
}

/** A decimal in a form, in which the person may go on typing: with as many places as elsewhere. */
export function decimalInForm(value: unknown, locale: string): string {
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value))
    return typedDecimal(value, locale)
  const [whole = '', places = ''] = value.split('.')
  return typedDecimal(`${whole}.${places.replace(/0+$/, '').padEnd(2, '0')}`, locale)
}

/** A decimal as it is being typed: with the person's decimal sign, and nothing between thousands. */
export function typedDecimal(value: unknown, locale: string): string {
  const sign = new Intl.NumberFormat(locale)
    .formatToParts(0.5)
    .find(({ type }) => type === 'decimal')?.value
  return String(value ?? '').replace('.', sign ?? '.')
}

/** What a person typed as a decimal: a comma is as good as a point. */
export function parseDecimal(text: string | null | undefined): string | null {
  const plain = (text ?? '').replaceAll(/\s/g, '').replace(',', '.')
  return plain === '' ? null : plain
}
