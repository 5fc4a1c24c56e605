import { parseArgs } from 'node:util'
import { openGenerated } from './generated/openGenerated.ts'
import { sizeOf, sizeOptions } from './generated/sizeOptions.ts'
import { quantile } from './quantile.ts'
import { type Call, createRawCaller } from './rawLoad.ts'
import { startVariant } from './variant.ts'

const rounds = 5
const pageSize = 50
const wantedPage = 1000
/** Calls of each page in a round, one after another. */
const callsPerRound = 10

type Caller = ReturnType<typeof createRawCaller>
type Page = { items: Record<string, unknown>[]; nextCursor: string | null }

/** Pages of lists, early and late. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { ...sizeOptions, only: { type: 'string' } },
  })
  const size = sizeOf(values, { products: 100_000, movements: 1_000_000 })
  const generated = await openGenerated(size, (line) => console.error(line))
  try {
    const variant = await startVariant('lists', generated.url)
    const caller = createRawCaller(variant.url, variant.token, 1)
    try {
      const some = await readSome(caller)
      const only = values.only ?? ''
      const pages = await measurePages(
        caller,
        listsOf(some).filter(({ name }) => name.includes(only)),
      )
      report(size, pages)
    } finally {
      caller.close()
      await variant.stop()
    }
  } finally {
    await generated.release()
  }
}

const read = async (caller: Caller, call: Call): Promise<Page> =>
  (JSON.parse((await caller.call(call)).body) as { result: { data: { json: Page } } }).result.data
    .json

/** Ids that filters name. */
async function readSome(caller: Caller) {
  const first = async (path: string, input: Record<string, unknown> = {}) =>
    (await read(caller, { path, input })).items[0]!
  const product = await first('products.list', { sort: 'sku' })
  const movement = await first('movements.list')
  const level = await first('stock.levels', { productId: product.id })
  const top = await first('categories.list', { parentId: null })
  const leaf = await first('products.list', { sort: 'name' })
  const warehouse = await first('locations.list', { kind: 'warehouse' })
  const zone = await first('locations.list', { kind: 'zone' })
  const partner = await first('movements.list', { type: 'outgoing' })
  return {
    productId: product.id as string,
    busyProductId: movement.productId as string,
    binId: level.locationId as string,
    topCategoryId: top.id as string,
    leafCategoryId: leaf.categoryId as string,
    warehouseId: warehouse.id as string,
    zoneId: zone.id as string,
    supplierId: product.supplierId as string,
    partnerId: partner.partnerId as string,
    actorId: movement.actorId as string,
    reference: 'PO-1000',
  }
}

type Some = Awaited<ReturnType<typeof readSome>>
type List = { name: string; path: string; input: Record<string, unknown> }

function listsOf(some: Some): List[] {
  const list = (path: string, name: string, input: Record<string, unknown>): List => ({
    name: `${path} ${name}`,
    path,
    input,
  })
  const year = new Date().getUTCFullYear() - 1
  const aYearAgo = new Date(Date.UTC(year, 5, 15, 12))
  const dates = {
    occurredFrom: new Date(Date.UTC(year, 2)),
    occurredBefore: new Date(Date.UTC(year, 5)),
  }
  return [
    list('products.list', 'by name', { sort: 'name' }),
    list('products.list', 'by SKU', { sort: 'sku' }),
    list('products.list', 'by age', { sort: 'createdAt' }),
    list('products.list', 'archived', { archived: true }),
    list('products.list', 'of a category', { categoryId: some.leafCategoryId }),
    list('products.list', 'of a tree of categories', { categoryId: some.topCategoryId }),
    list('products.list', 'of a supplier', { supplierId: some.supplierId }),
    list('products.list', 'tracked by lot', { tracking: 'lot' }),
    list('products.list', 'of class A', { abcClass: 'A' }),
    list('products.list', 'found by a common word', { search: 'bolt' }),
    list('products.list', 'found by two words', { search: 'brass bolt' }),
    list('products.list', 'found by a number', { search: '12345' }),
    list('products.list', 'found by two letters', { search: 'zx' }),
    list('products.list', 'found by nothing', { search: 'qwertz' }),
    list('products.list', 'where the name begins', { where: { name: { startsWith: 'brass' } } }),
    list('products.list', 'where the unit is one', { where: { baseUnit: { oneOf: ['piece'] } } }),
    list('products.list', 'where no unit is such', { where: { baseUnit: { equals: 'barrel' } } }),
    list('products.list', 'where the price is high', {
      where: { unitPrice: { greaterThan: '900' } },
    }),
    list('products.list', 'where it has no supplier', {
      where: { supplierId: { isNull: true } },
    }),
    list('lots.list', 'by code', { sort: 'code' }),
    list('lots.list', 'by expiry', { sort: 'expiresOn' }),
    list('lots.list', 'by age', { sort: 'createdAt' }),
    list('lots.list', 'recalled', { status: 'recalled' }),
    list('lots.list', 'expiring', { sort: 'expiresOn', expiresUntil: `${year + 1}-01-01` }),
    list('lots.list', 'found by a number', { search: '1234' }),
    list('partners.list', 'by name', {}),
    list('partners.list', 'customers', { kind: 'customer', sort: 'code' }),
    list('movements.list', 'newest', {}),
    list('movements.list', 'oldest', { direction: 'ascending' }),
    list('movements.list', 'by date', { sort: 'occurredAt' }),
    list('movements.list', 'of three months', { sort: 'occurredAt', ...dates }),
    list('movements.list', 'of three months, by position', dates),
    list('movements.list', 'of a product', { productId: some.productId }),
    list('movements.list', 'of a busy product', { productId: some.busyProductId }),
    list('movements.list', 'at a bin', { locationId: some.binId }),
    list('movements.list', 'in a zone', { locationId: some.zoneId }),
    list('movements.list', 'in a warehouse', { locationId: some.warehouseId }),
    list('movements.list', 'of a partner', { partnerId: some.partnerId }),
    list('movements.list', 'by one person', { actorId: some.actorId }),
    list('movements.list', 'of a reference', { reference: some.reference }),
    list('movements.list', 'adjustments', { type: 'adjustment' }),
    list('movements.list', 'where much moved', { where: { quantity: { greaterThan: 100 } } }),
    list('movements.list', 'where more moved than ever', {
      where: { quantity: { greaterThan: 1_000_000_000 } },
    }),
    list('movements.list', 'where the note has no such word', {
      where: { note: { contains: 'qwertz' } },
    }),
    list('movements.list', 'where it was taken back', {
      where: { reversedById: { isNull: false } },
    }),
    list('stock.levels', 'by SKU', {}),
    list('stock.levels', 'by amount', { sort: 'onHand', direction: 'descending' }),
    list('stock.levels', 'of a product', { productId: some.productId }),
    list('stock.levels', 'at a bin', { locationId: some.binId }),
    list('stock.levels', 'in a zone', { locationId: some.zoneId }),
    list('stock.levels', 'in a warehouse', { locationId: some.warehouseId }),
    list('stock.levels', 'of a category', { categoryId: some.leafCategoryId }),
    list('stock.levels', 'found by a word', { search: 'brass bolt' }),
    list('stock.levels', 'where much is on hand', { where: { onHand: { greaterThan: 500 } } }),
    list('stock.levels', 'where more is on hand than ever', {
      where: { onHand: { greaterThan: 1_000_000_000 } },
    }),
    list('stock.asOf', 'a year ago', { at: aYearAgo }),
    list('stock.asOf', 'of a product', {
      at: aYearAgo,
      productId: some.productId,
    }),
    list('stock.history', 'of a busy product', { productId: some.busyProductId }),
  ]
}

/** Walks to the thousandth page, or the last, then measures it and the first by turns. */
async function measurePages(caller: Caller, lists: List[]) {
  const results = []
  for (const { name, path, input } of lists) {
    const call = { path, input: { ...input, limit: pageSize } }
    const { cursor, page } = await lateCursor(caller, call)
    const late = cursor ? { path, input: { ...call.input, cursor } } : call
    const times: Record<'first' | 'late', number[]> = { first: [], late: [] }
    for (let round = 0; round < rounds; round++) {
      for (const which of ['first', 'late'] as const) {
        for (let made = 0; made < callsPerRound; made++) {
          const begun = performance.now()
          await caller.call(which === 'first' ? call : late)
          times[which].push(performance.now() - begun)
        }
      }
    }
    const firstMs = quantile(times.first, 0.5)
    const lateMs = quantile(times.late, 0.5)
    results.push({ list: name, page, firstMs, lateMs, ratio: lateMs / firstMs })
    console.error(`${name}: ${firstMs.toFixed(1)} ms, page ${page} ${lateMs.toFixed(1)} ms`)
  }
  return results
}

async function lateCursor(caller: Caller, call: Call) {
  // Larger pages get there sooner; a cursor does not depend on the size of the page before it.
  const step = 200
  const steps = ((wantedPage - 1) * pageSize) / step
  let cursor: string | null = null
  for (let made = 0; made < steps; made++) {
    const page: Page = await read(caller, {
      path: call.path,
      input: { ...call.input, limit: step, ...(cursor && { cursor }) },
    })
    if (page.nextCursor === null) return { cursor, page: cursor ? (made * step) / pageSize + 1 : 1 }
    cursor = page.nextCursor
  }
  return { cursor, page: wantedPage }
}

function report(size: object, pages: Awaited<ReturnType<typeof measurePages>>): void {
  console.table(
    pages.map(({ list, page, firstMs, lateMs, ratio }) => ({
      list,
      'first page, ms': Number(firstMs.toFixed(1)),
      'late page': page,
      'late page, ms': Number(lateMs.toFixed(1)),
      'late / first': Number(ratio.toFixed(2)),
    })),
  )
  console.log(JSON.stringify({ size, rounds, pages }))
}

await main()
