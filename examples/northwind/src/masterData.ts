import { listAll, type StockbookClient } from '@stockbook/client'
import { inParallel } from './inParallel.ts'
import { categories, type Northwind } from './northwind.ts'

export type MasterData = {
  /** Ids of customers by their code. */
  customers: Map<string, string>
  /** Ids of products by Northwind's number. */
  products: Map<number, string>
  /** Ids of bins, one for each product, by the product's number. */
  bins: Map<number, string>
}

type Admin = StockbookClient<'admin'>

const atOnce = 8

const supplierCode = (number: number) => `SUP-${String(number).padStart(2, '0')}`
const sku = (number: number) => `NW-${String(number).padStart(3, '0')}`

/** Makes what is missing and leaves what is there, so that a load which was cut off can go on. */
export async function loadMasterData(
  admin: Admin,
  northwind: Northwind,
  onRow: () => void,
): Promise<MasterData> {
  const suppliers = await loadPartners(
    admin,
    'supplier',
    northwind.suppliers.map(({ number, ...supplier }) => ({
      code: supplierCode(number),
      ...supplier,
    })),
    onRow,
  )
  const customers = await loadPartners(admin, 'customer', northwind.customers, onRow)
  const categoryIds = await loadCategories(admin)
  const products = await loadProducts(admin, northwind, suppliers, categoryIds, onRow)
  const bins = await loadLocations(admin, northwind, onRow)
  return { customers, products, bins }
}

/** What is there already: the id of each item by a key that people know it by. */
async function idsBy<Item extends { id: string }>(
  items: AsyncIterable<Item>,
  key: (item: Item) => string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for await (const item of items) ids.set(key(item), item.id)
  return ids
}

async function loadPartners(
  admin: Admin,
  kind: 'supplier' | 'customer',
  partners: readonly Omit<Parameters<Admin['partners']['create']['mutate']>[0], 'kind'>[],
  onRow: () => void,
): Promise<Map<string, string>> {
  const ids = await idsBy(
    listAll(admin.partners.list, { kind, archived: 'all' }),
    (partner) => partner.code,
  )
  await inParallel(partners, atOnce, async (partner) => {
    if (!ids.has(partner.code)) {
      const { id } = await admin.partners.create.mutate({ kind, ...partner })
      ids.set(partner.code, id)
    }
    onRow()
  })
  return ids
}

async function loadCategories(admin: Admin): Promise<Map<string, string>> {
  const ids = await idsBy(
    listAll(admin.categories.list, { parentId: null, archived: 'all' }),
    (category) => category.name,
  )
  for (const { name } of categories.values()) {
    if (!ids.has(name)) ids.set(name, (await admin.categories.create.mutate({ name })).id)
  }
  return ids
}

async function loadProducts(
  admin: Admin,
  northwind: Northwind,
  supplierIds: Map<string, string>,
  categoryIds: Map<string, string>,
  onRow: () => void,
): Promise<Map<number, string>> {
  const ids = await idsBy(
    listAll(admin.products.list, { archived: 'all' }),
    (product) => product.sku,
  )
  await inParallel(northwind.products, atOnce, async (product) => {
    if (!ids.has(sku(product.number))) {
      const { id } = await admin.products.create.mutate({
        sku: sku(product.number),
        name: product.name,
        description: product.description,
        categoryId: categoryIds.get(categories.get(product.category)!.name)!,
        supplierId: supplierIds.get(supplierCode(product.supplier))!,
        baseUnit: 'unit',
        reorderPoint: product.reorderLevel,
        unitPrice: product.unitPrice,
      })
      ids.set(sku(product.number), id)
    }
    onRow()
  })
  return new Map(northwind.products.map(({ number }) => [number, ids.get(sku(number))!]))
}

/** A warehouse with a zone for each category, and in it a bin for each product. */
async function loadLocations(
  admin: Admin,
  northwind: Northwind,
  onRow: () => void,
): Promise<Map<number, string>> {
  const ids = await idsBy(
    listAll(admin.locations.list, { archived: 'all' }),
    (location) => location.code,
  )
  const make = async (input: Parameters<Admin['locations']['create']['mutate']>[0]) => {
    const known = ids.get(input.code)
    if (known) return known
    const { id } = await admin.locations.create.mutate(input)
    ids.set(input.code, id)
    return id
  }
  const warehouse = await make({ kind: 'warehouse', code: 'NW', name: 'Northwind warehouse' })
  for (const { name, zone } of categories.values()) {
    await make({ kind: 'zone', code: zone, name, parentId: warehouse })
  }
  const bins = new Map<number, string>()
  await inParallel(northwind.products, atOnce, async ({ number, name, category }) => {
    const { zone } = categories.get(category)!
    const code = `${zone}-${String(number).padStart(2, '0')}`
    bins.set(number, await make({ kind: 'bin', code, name, parentId: ids.get(zone)! }))
    onRow()
  })
  return bins
}
