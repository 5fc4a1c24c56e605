import type { ApiOutputs } from '@stockbook/client'
import { hasGtinLength, toGtin14 } from '@stockbook/client/scan'

type ServerProduct = ApiOutputs['products']['list']['items'][number]
type ServerLocation = ApiOutputs['locations']['list']['items'][number]
type ServerLot = ApiOutputs['lots']['list']['items'][number]

export type Packaging = Pick<ServerProduct['packagings'][number], 'id' | 'name' | 'factor'>

export type Product = Pick<ServerProduct, 'id' | 'sku' | 'name' | 'baseUnit' | 'tracking'> & {
  packagings: Packaging[]
  codes: { code: string; packaging: string | null }[]
}

export type Location = Pick<ServerLocation, 'id' | 'code' | 'name' | 'kind'>

export type Lot = Pick<ServerLot, 'id' | 'productId' | 'code' | 'expiresOn' | 'status'>

/** The master data that scanning needs, as it was when it was last read from the server. */
export type CatalogueData = {
  products: Product[]
  locations: Location[]
  lots: Lot[]
  readAt: Date
}

/** Finds master data by what a label says. */
export type Catalogue = {
  readAt: Date
  product(id: string): Product | undefined
  location(id: string): Location | undefined
  lot(id: string): Lot | undefined
  /** By a GTIN in any spelling, an own code or a SKU. */
  productByCode(code: string): { product: Product; packaging: Packaging | null } | undefined
  locationByCode(code: string): Location | undefined
  lotsOf(productId: string): Lot[]
  /** Products and places whose codes or names hold all the words. A handful, the best first. */
  search(words: string): { products: Product[]; locations: Location[] }
}

const mostFound = 6

export function createCatalogue({ products, locations, lots, readAt }: CatalogueData): Catalogue {
  const productsById = new Map(products.map((product) => [product.id, product]))
  const locationsById = new Map(locations.map((location) => [location.id, location]))
  const lotsById = new Map(lots.map((lot) => [lot.id, lot]))
  const bySku = new Map(products.map((product) => [product.sku.toLowerCase(), product]))
  const byLocationCode = new Map(
    locations.map((location) => [location.code.toLowerCase(), location]),
  )
  const byCode = new Map<string, { product: Product; packaging: Packaging | null }>()
  for (const product of products) {
    for (const { code, packaging } of product.codes) {
      const carrier = product.packagings.find(({ name }) => name === packaging) ?? null
      byCode.set(keyOf(code), { product, packaging: carrier })
    }
  }
  const lotsByProduct = new Map<string, Lot[]>()
  for (const lot of lots) {
    lotsByProduct.set(lot.productId, [...(lotsByProduct.get(lot.productId) ?? []), lot])
  }

  return {
    readAt,
    product: (id) => productsById.get(id),
    location: (id) => locationsById.get(id),
    lot: (id) => lotsById.get(id),
    productByCode(code) {
      const found = byCode.get(keyOf(code))
      if (found !== undefined) return found
      const product = bySku.get(code.toLowerCase())
      return product && { product, packaging: null }
    },
    locationByCode: (code) => byLocationCode.get(code.toLowerCase()),
    lotsOf: (productId) => lotsByProduct.get(productId) ?? [],
    search(words) {
      const parts = words.toLowerCase().split(/\s+/).filter(Boolean)
      if (parts.length === 0) return { products: [], locations: [] }
      const holds = (text: string) => parts.every((part) => text.toLowerCase().includes(part))
      return {
        products: taken(products, ({ sku, name }) => holds(`${sku} ${name}`)),
        locations: taken(
          locations,
          ({ kind, code, name }) => kind === 'bin' && holds(`${code} ${name}`),
        ),
      }
    },
  }
}

/** All spellings of a GTIN are one. */
function keyOf(code: string): string {
  return hasGtinLength(code) ? toGtin14(code) : code
}

function taken<T>(items: readonly T[], fits: (item: T) => boolean): T[] {
  const found: T[] = []
  for (const item of items) {
    if (fits(item)) found.push(item)
    if (found.length === mostFound) break
  }
  return found
}
