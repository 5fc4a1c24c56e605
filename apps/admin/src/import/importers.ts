import type { Importer } from './plan.ts'
import { locationsImporter } from './locations.ts'
import { openingStockImporter } from './openingStock.ts'
import { partnersImporter } from './partners.ts'
import { productsImporter } from './products.ts'

/** What can be imported, in the order in which a warehouse is set up. */
export const importKinds = ['locations', 'partners', 'products', 'openingStock'] as const

export type ImportKind = (typeof importKinds)[number]

export const importers: Record<ImportKind, Importer> = {
  locations: locationsImporter,
  partners: partnersImporter,
  products: productsImporter,
  openingStock: openingStockImporter,
}
