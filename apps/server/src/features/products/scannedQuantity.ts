import { mostBaseUnits } from '@stockbook/client/contract'
import type { Gs1Scan } from '@stockbook/client/scan'

/** How many of a base unit make one kilogram or one litre, by the names that people give base units. */
const perKilogram = namedUnits([
  [1000n, 'g gr gram grams gramme grammes г гр грамм'],
  [1n, 'kg kilogram kilograms kilo кг килограмм'],
])
const perLitre = namedUnits([
  [1000n, 'ml millilitre millilitres milliliter milliliters мл миллилитр'],
  [1n, 'l litre litres liter liters л литр'],
])

function namedUnits(units: [perOne: bigint, names: string][]): ReadonlyMap<string, bigint> {
  return new Map(units.flatMap(([perOne, names]) => names.split(' ').map((name) => [name, perOne])))
}

/**
 * Base units that GS1 data speaks of: a count of what carries the code, or a net weight or volume.
 * Null when it says none, or none that is a whole number of base units.
 */
export function scannedQuantity(
  { count, measure }: Pick<Gs1Scan, 'count' | 'measure'>,
  baseUnit: string,
  factor: number,
): number | null {
  if (count !== null) return orNull(BigInt(count) * BigInt(factor))
  if (measure === null) return null
  const units = measure.unit === 'kilogram' ? perKilogram : perLitre
  const perOne = units.get(baseUnit.toLowerCase())
  if (perOne === undefined) return null
  const [whole = '', decimals = ''] = measure.value.split('.')
  const scaled = BigInt(whole + decimals) * perOne
  const divisor = 10n ** BigInt(decimals.length)
  return scaled % divisor === 0n ? orNull(scaled / divisor) : null
}

function orNull(quantity: bigint): number | null {
  return quantity > 0n && quantity <= BigInt(mostBaseUnits) ? Number(quantity) : null
}
