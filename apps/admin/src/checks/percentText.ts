/** A share in per cent, a decimal string, in the person's form: to a tenth, which is enough to judge. */
export function percentText(decimal: string, locale: string, isSigned = false): string {
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
    signDisplay: isSigned ? 'exceptZero' : 'auto',
  }).format(decimal as Intl.StringNumericLiteral)
}
