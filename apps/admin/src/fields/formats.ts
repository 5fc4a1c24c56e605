/** To the minute, in the zone of whoever looks. */
export const momentFormat: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

/** A decimal string in the person's form, with two places at least: it never becomes a float. */
export function decimalText(value: unknown, locale: string): string {
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return String(value ?? '')
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: value.split('.')[1]?.length ?? 2,
  }).format(value as Intl.StringNumericLiteral)
}

/** A day, `YYYY-MM-DD`, in the person's form: the same day in every zone. */
export function dayText(value: string, locale: string): string {
  const day = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(day.getTime())
    ? value
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(day)
}

/** What a person typed as a decimal: a comma is as good as a point. */
export function parseDecimal(text: string | null | undefined): string | null {
  const plain = (text ?? '').replaceAll(/\s/g, '').replace(',', '.')
  return plain === '' ? null : plain
}
