import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

let server: TestServer
let ids: Awaited<ReturnType<typeof seed>>

beforeAll(async () => {
  server = await startTestServer()
  ids = await seed(server)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const at = (day: number) => new Date(Date.UTC(2026, 0, day))

/** Two trees, two products, and movements of two days. */
async function seed({ admin, operator }: TestServer) {
  const category = (name: string, parentId: string | null = null) =>
    admin.categories.create.mutate({ name, parentId })
  const drinks = await category('Drinks')
  const tea = await category('Tea', drinks.id)
  const green = await category('Green tea', tea.id)
  const tools = await category('Tools')

  const location = (kind: 'warehouse' | 'zone' | 'bin', code: string, parentId?: string) =>
    admin.locations.create.mutate({ kind, code, name: code, parentId: parentId ?? null })
  const north = await location('warehouse', 'N')
  const zone = await location('zone', 'N-1', north.id)
  const inZone = await location('bin', 'N-1-1', zone.id)
  const outside = await location('bin', 'N-2', north.id)
  const south = await location('warehouse', 'S')
  const far = await location('bin', 'S-1', south.id)

  const supplier = await admin.partners.create.mutate({ kind: 'supplier', code: 'P', name: 'P' })
  const customer = await admin.partners.create.mutate({ kind: 'customer', code: 'P', name: 'P' })
  const sencha = await admin.products.create.mutate({
    sku: 'sencha',
    name: 'Sencha',
    baseUnit: 'gram',
    categoryId: green.id,
    supplierId: supplier.id,
    tracking: 'lot',
  })
  const juice = await admin.products.create.mutate({
    sku: 'juice',
    name: 'Juice',
    baseUnit: 'litre',
    categoryId: drinks.id,
  })
  const hammer = await admin.products.create.mutate({
    sku: 'hammer',
    name: 'Hammer',
    baseUnit: 'piece',
    categoryId: tools.id,
  })
  const lot = (code: string, expiresOn: string | null, status: 'available' | 'hold') =>
    operator.lots.create.mutate({ productId: sencha.id, code, expiresOn, status })
  const early = await lot('early', '2026-03-31', 'available')
  const late = await lot('late', '2026-04-01', 'hold')
  await lot('never', null, 'available')

  const first = randomUUID()
  await operator.movements.post.mutate({
    commandId: first,
    occurredAt: at(1),
    partnerId: supplier.id,
    reference: 'order 1',
    lines: [
      {
        type: 'incoming',
        productId: sencha.id,
        lotId: early.id,
        toLocationId: inZone.id,
        quantity: 5,
      },
      { type: 'incoming', productId: juice.id, toLocationId: outside.id, quantity: 6 },
    ],
  })
  await admin.movements.post.mutate({
    commandId: randomUUID(),
    occurredAt: at(2),
    lines: [
      {
        type: 'transfer',
        productId: juice.id,
        fromLocationId: outside.id,
        toLocationId: far.id,
        quantity: 6,
      },
      { type: 'incoming', productId: hammer.id, toLocationId: far.id, quantity: 1 },
    ],
  })
  return {
    drinks,
    tea,
    green,
    tools,
    north,
    zone,
    inZone,
    outside,
    south,
    far,
    supplier,
    customer,
    sencha,
    juice,
    hammer,
    early,
    late,
    first,
  }
}

describe('products', () => {
  const skus = async (input: Parameters<TestServer['operator']['products']['list']['query']>[0]) =>
    (await server.operator.products.list.query({ sort: 'sku', ...input })).items.map(
      ({ sku }) => sku,
    )

  test('of a category are those of all categories below it too, and no others', async () => {
    expect(await skus({ categoryId: ids.drinks.id })).toEqual(['juice', 'sencha'])
    expect(await skus({ categoryId: ids.tea.id })).toEqual(['sencha'])
    expect(await skus({ categoryId: ids.green.id })).toEqual(['sencha'])
    expect(await skus({ categoryId: ids.tools.id })).toEqual(['hammer'])
    expect(await skus({ categoryId: randomUUID() })).toEqual([])
  })

  test('are told by supplier and by tracking', async () => {
    expect(await skus({ supplierId: ids.supplier.id })).toEqual(['sencha'])
    expect(await skus({ supplierId: ids.customer.id })).toEqual([])
    expect(await skus({ tracking: 'lot' })).toEqual(['sencha'])
    expect(await skus({ tracking: 'none', categoryId: ids.drinks.id })).toEqual(['juice'])
  })
})

test('products with a value and those without one are told apart', async () => {
  const skus = async (input: object) =>
    (await server.operator.products.list.query({ sort: 'sku', ...input })).items.map(
      ({ sku }) => sku,
    )
  expect(await skus({ hasSupplier: true })).toEqual(['sencha'])
  expect(await skus({ hasSupplier: false })).toEqual(['hammer', 'juice'])
  expect(await skus({ hasCategory: false })).toEqual([])
  expect(await skus({ hasCategory: true })).toEqual(['hammer', 'juice', 'sencha'])
  expect(await skus({ hasReorderPoint: true })).toEqual([])
  expect(await skus({ hasReorderPoint: false, hasSupplier: true })).toEqual(['sencha'])
})

test('any of several values is told from the others; none of them is no question', async () => {
  const { operator } = server
  const lots = async (statuses: ('available' | 'hold' | 'recalled')[]) =>
    (await operator.lots.list.query({ statuses })).items.map(({ code }) => code)
  expect(await lots(['available', 'hold'])).toEqual(['early', 'late', 'never'])
  expect(await lots(['hold', 'recalled'])).toEqual(['late'])
  await expect(lots([])).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const moved = async (types: ('incoming' | 'outgoing' | 'transfer')[]) =>
    (await operator.movements.list.query({ types, direction: 'ascending' })).items.map(
      ({ type }) => type,
    )
  expect(await moved(['transfer', 'outgoing'])).toEqual(['transfer'])
  expect(await moved(['transfer', 'incoming'])).toEqual([
    'incoming',
    'incoming',
    'transfer',
    'incoming',
  ])
})

test('checks and reservations of several states are told from those of others', async () => {
  await using own = await startTestServer()
  const { admin, operator } = own
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  const open = async (title: string) => (await admin.checks.open.mutate({ title, scope: {} })).id
  await open('open')
  const cancelled = await open('cancelled')
  await admin.checks.cancel.mutate({ id: cancelled, reason: 'not today' })
  const titles = async (statuses: ('open' | 'review' | 'posted' | 'cancelled')[]) =>
    (await operator.checks.list.query({ statuses })).items.map(({ title }) => title)
  expect(await titles(['open', 'review'])).toEqual(['open'])
  expect(await titles(['cancelled', 'open'])).toEqual(['cancelled', 'open'])
  expect(await titles(['posted'])).toEqual([])

  const hold = () => operator.reservations.hold.mutate({ productId, locationId: bin, quantity: 1 })
  await hold()
  const released = await operator.reservations.list.query({})
  await operator.reservations.release.mutate({ id: released.items[0]!.id })
  await hold()
  const found = async (statuses: ('held' | 'released' | 'expired')[]) =>
    (await operator.reservations.list.query({ statuses })).items.map(({ status }) => status)
  expect(await found(['held', 'expired'])).toEqual(['held'])
  expect(await found(['held', 'released'])).toEqual(['held', 'released'])
})

test('of two trees, the top and the children of one are told apart', async () => {
  const codes = async (input: object) =>
    (await server.operator.locations.list.query(input)).items.map(({ code }) => code)
  expect(await codes({ parentId: null })).toEqual(['N', 'S'])
  expect(await codes({ parentId: ids.north.id })).toEqual(['N-1', 'N-2'])
  expect(await codes({ kind: 'bin' })).toEqual(['N-1-1', 'N-2', 'S-1'])
  expect(await codes({ kind: 'bin', parentId: ids.north.id })).toEqual(['N-2'])
  const names = async (parentId: string | null) =>
    (await server.operator.categories.list.query({ parentId })).items.map(({ name }) => name)
  expect(await names(null)).toEqual(['Drinks', 'Tools'])
  expect(await names(ids.drinks.id)).toEqual(['Tea'])
})

test('lots are told by product, status and last good day, that day included', async () => {
  const codes = async (input: object) =>
    (await server.operator.lots.list.query(input)).items.map(({ code }) => code)
  expect(await codes({ productId: ids.sencha.id })).toEqual(['early', 'late', 'never'])
  expect(await codes({ productId: ids.juice.id })).toEqual([])
  expect(await codes({ status: 'hold' })).toEqual(['late'])
  expect(await codes({ expiresUntil: '2026-03-30' })).toEqual([])
  expect(await codes({ expiresUntil: '2026-03-31' })).toEqual(['early'])
  expect(await codes({ expiresUntil: '2026-04-01' })).toEqual(['early', 'late'])
})

test('partners are told by kind, users by role', async () => {
  const kinds = async (kind: 'supplier' | 'customer') =>
    (await server.operator.partners.list.query({ kind })).items.map((item) => item.kind)
  expect(await kinds('supplier')).toEqual(['supplier'])
  expect(await kinds('customer')).toEqual(['customer'])
  const { items } = await server.admin.users.list.query({ role: 'admin' })
  expect(items.map(({ username }) => username)).toEqual(['anton'])
})

describe('movements', () => {
  const found = async (
    input: Parameters<TestServer['operator']['movements']['list']['query']>[0],
  ) =>
    (await server.operator.movements.list.query({ direction: 'ascending', ...input })).items.map(
      ({ type, sku }) => `${type} ${sku}`,
    )
  const first = ['incoming sencha', 'incoming juice']
  const second = ['transfer juice', 'incoming hammer']

  test('are told by command, partner, actor, reference, type, product and lot', async () => {
    const anton = (await server.admin.auth.me.query()).id
    expect(await found({})).toEqual([...first, ...second])
    expect(await found({ commandId: ids.first })).toEqual(first)
    expect(await found({ partnerId: ids.supplier.id })).toEqual(first)
    expect(await found({ partnerId: ids.customer.id })).toEqual([])
    expect(await found({ actorId: anton })).toEqual(second)
    expect(await found({ reference: 'order 1' })).toEqual(first)
    expect(await found({ reference: 'order' })).toEqual([])
    expect(await found({ type: 'transfer' })).toEqual(['transfer juice'])
    expect(await found({ productId: ids.juice.id })).toEqual(['incoming juice', 'transfer juice'])
    expect(await found({ lotId: ids.early.id })).toEqual(['incoming sencha'])
    expect(await found({ lotId: ids.late.id })).toEqual([])
  })

  test('of a location are those into and out of all places in it', async () => {
    expect(await found({ locationId: ids.north.id })).toEqual([...first, 'transfer juice'])
    expect(await found({ locationId: ids.zone.id })).toEqual(['incoming sencha'])
    expect(await found({ locationId: ids.far.id })).toEqual(second)
    expect(await found({ locationId: ids.south.id })).toEqual(second)
  })

  test('of a time have its first moment in it, and its last not', async () => {
    expect(await found({ occurredFrom: at(1), occurredBefore: at(2) })).toEqual(first)
    expect(await found({ occurredFrom: at(2) })).toEqual(second)
    expect(await found({ occurredBefore: at(1) })).toEqual([])
  })
})

describe('stock', () => {
  const levels = async (input: object) =>
    (await server.operator.stock.levels.query(input)).items.map(
      ({ sku, locationCode, onHand }) => `${onHand} ${sku} ${locationCode}`,
    )

  test('of a location is that of all places in it; of a category, of all below it', async () => {
    expect(await levels({})).toEqual(['1 hammer S-1', '6 juice S-1', '5 sencha N-1-1'])
    expect(await levels({ locationId: ids.north.id })).toEqual(['5 sencha N-1-1'])
    expect(await levels({ locationId: ids.south.id })).toEqual(['1 hammer S-1', '6 juice S-1'])
    expect(await levels({ categoryId: ids.drinks.id })).toEqual(['6 juice S-1', '5 sencha N-1-1'])
    expect(await levels({ categoryId: ids.tea.id })).toEqual(['5 sencha N-1-1'])
    expect(await levels({ lotId: ids.early.id })).toEqual(['5 sencha N-1-1'])
    expect(await levels({ productId: ids.juice.id })).toEqual(['6 juice S-1'])
  })

  test('that has come to nothing is shown only when asked for', async () => {
    const juice = { productId: ids.juice.id, locationId: ids.north.id }
    expect(await levels(juice)).toEqual([])
    expect(await levels({ ...juice, includeZero: true })).toEqual(['0 juice N-2'])
  })
})

test('what is archived is shown only when asked for, in every list of master data', async () => {
  const { admin } = server
  const product = await admin.products.create.mutate({ sku: 'old', name: 'old', baseUnit: 'piece' })
  const category = await admin.categories.create.mutate({ name: 'old' })
  const warehouse = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'old',
    name: 'old',
  })
  const partner = await admin.partners.create.mutate({ kind: 'customer', code: 'old', name: 'old' })
  const lot = await admin.lots.create.mutate({ productId: ids.sencha.id, code: 'old' })
  const of = {
    products: [admin.products, product],
    categories: [admin.categories, category],
    locations: [admin.locations, warehouse],
    partners: [admin.partners, partner],
    lots: [admin.lots, lot],
  } as const
  for (const [calls, { id }] of Object.values(of)) {
    const shown = async (archived: boolean | 'all') => {
      const { items } = await calls.list.query({ archived, search: 'old' })
      return items.some((item) => item.id === id)
    }
    expect([await shown(false), await shown(true), await shown('all')]).toEqual([true, false, true])
    await calls.archive.mutate({ id })
    expect([await shown(false), await shown(true), await shown('all')]).toEqual([false, true, true])
    await calls.archive.mutate({ id, archived: false })
    expect([await shown(false), await shown(true), await shown('all')]).toEqual([true, false, true])
  }
})
