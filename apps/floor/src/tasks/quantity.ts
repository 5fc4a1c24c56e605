import type { Packaging } from '../catalogue/catalogue.ts'

/** What a person may type: a whole number, or with a packaging a decimal one, with a point or a comma. */
const form = /^(\d{1,9})(?:[.,](\d{1,6}))?$/

/** Base units in so many packagings, or `null` when these are no whole number, or fewer than `least`. */
export function baseUnitsOf(
  text: string,
  packaging: Packaging | null,
  least: 0 | 1 = 1,
): number | null {
  const [, whole, decimals = ''] = form.exec(text.trim()) ?? []
  if (whole === undefined) return null
  // Exact: a float would make 0.1 of a thousand something else than a hundred.
  const scaled = BigInt(whole + decimals) * BigInt(packaging?.factor ?? 1)
  const scale = 10n ** BigInt(decimals.length)
  if (scaled < BigInt(least) || scaled % scale !== 0n) return null
  const units = Number(scaled / scale)
  return Number.isSafeInteger(units) ? units : null
}

/** As the server takes it. The text is one that makes base units. */
export function quantityInput(text: string, packaging: Packaging | null) {
  return packaging === null
    ? { quantity: baseUnitsOf(text, null)! }
    : { quantity: text.trim().replace(',', '.'), packagingId: packaging.id }
}
