import type { PanelDataProvider } from '../providers/dataProvider.ts'
import { refusalOf } from '../providers/CallError.ts'

type Found = { resource: string; id: string }
type Rows = { items: readonly { id: string; code: string }[] }

/** What carries the code: a product or its packaging, a location, or a lot. `null`: nothing. */
export async function findScanned(panel: PanelDataProvider, code: string): Promise<Found | null> {
  return (
    (await productOf(panel, code)) ??
    (await rowOf(panel, 'locations.list', 'locations', code)) ??
    (await rowOf(panel, 'lots.list', 'lots', code))
  )
}

async function productOf(panel: PanelDataProvider, code: string): Promise<Found | null> {
  try {
    const { product } = (await panel.call('products.findByCode', { code })) as {
      product: { id: string }
    }
    return { resource: 'products', id: product.id }
  } catch (error) {
    const refused = refusalOf(error)?.code
    if (refused === 'NOT_FOUND' || refused === 'INVALID_INPUT') return null
    throw error
  }
}

async function rowOf(
  panel: PanelDataProvider,
  procedure: 'locations.list' | 'lots.list',
  resource: string,
  code: string,
): Promise<Found | null> {
  const { items } = (await panel.call(procedure, { search: code, limit: 200 })) as Rows
  const row = items.find((item) => item.code.toLowerCase() === code.toLowerCase())
  return row === undefined ? null : { resource, id: row.id }
}
