import { isNoSuchRow, refusalOf } from '../providers/CallError.ts'
import type { PanelDataProvider } from '../providers/dataProvider.ts'

/** A page of one row, or a list of several, by the code that they have. */
type Found = { resource: string; id: string } | { resource: string; code: string }
type Scan = { product: { id: string } | null; lot: { id: string } | null }
type Rows = { items: readonly { id: string }[] }

/**
 * What carries the code: a lot, or lots of several products; a product or its packaging; a location.
 * `null`: nothing.
 * @throws CallError for what presents itself as data for scanners and is none
 */
export async function findScanned(panel: PanelDataProvider, code: string): Promise<Found | null> {
  const goods = await goodsOf(panel, code)
  if (goods !== null && !(goods instanceof Error)) return goods
  const row =
    (await rowOf(panel, 'locations.list', 'locations', code)) ??
    (await rowOf(panel, 'lots.list', 'lots', code))
  if (row === null && goods !== null) throw goods
  return row
}

/** The page of the lot, if the scan names one; else that of the product. An error: why it names none. */
async function goodsOf(panel: PanelDataProvider, scan: string): Promise<Found | Error | null> {
  try {
    const { product, lot } = (await panel.call('products.resolveScan', { scan })) as Scan
    if (lot !== null) return { resource: 'lots', id: lot.id }
    return product && { resource: 'products', id: product.id }
  } catch (error) {
    if (isNoSuchRow(error)) return null
    // Somebody may have given a place a code that looks like data.
    if (refusalOf(error)?.code === 'SCAN_INVALID' && error instanceof Error) return error
    throw error
  }
}

/** The longest code that anything has. */
const longestCode = 64

/** By the index on the code alone: how many others hold it does not matter. */
async function rowOf(
  panel: PanelDataProvider,
  procedure: 'locations.list' | 'lots.list',
  resource: string,
  code: string,
): Promise<Found | null> {
  if (code.length > longestCode) return null
  // The case of a lot's code matters: what was typed without it comes second.
  for (const equals of new Set([code, code.toUpperCase()])) {
    const { items } = (await panel.call(procedure, {
      where: { code: { equals } },
      limit: 2,
    })) as Rows
    const [row, other] = items
    if (other !== undefined) return { resource, code: equals }
    if (row !== undefined) return { resource, id: row.id }
  }
  return null
}
