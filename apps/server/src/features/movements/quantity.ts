import { mostBaseUnits } from '@stockbook/client/contract'
import { StockError } from '../../errors.ts'

/**
 * Base units that a quantity comes to: of base units when `factor` is 1, else of a packaging that
 * holds `factor` of them. Exact: a decimal string is reckoned in whole numbers, never as a float.
 * @throws StockError QUANTITY_NOT_WHOLE when it does not come out as 1 to `mostBaseUnits` whole base units.
 */
export function toBaseUnits(quantity: number | string, factor: number, line?: number): number {
  const [whole = '', fraction = ''] = String(quantity).split('.')
  const scale = 10n ** BigInt(fraction.length)
  const scaled = BigInt(whole + fraction) * BigInt(factor)
  const units = scaled / scale
  if (scaled % scale !== 0n || units < 1n || units > BigInt(mostBaseUnits)) {
    throw new StockError('QUANTITY_NOT_WHOLE', {
      ...(line !== undefined && { line }),
      quantity,
      factor,
      baseUnits: scaled % scale === 0n ? String(units) : decimal(scaled, fraction.length),
    })
  }
  return Number(units)
}

function decimal(scaled: bigint, places: number): string {
  const digits = String(scaled).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/0+$/, '')
}
