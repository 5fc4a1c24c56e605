import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

let made = 0
/** A category that nothing else in this file is of. */
const newCategory = async () =>
  (await server.admin.categories.create.mutate({ name: `category ${++made}` })).id

const on = (month: number, day: number, hour = 12) => new Date(Date.UTC(2026, month - 1, day, hour))

function ship(productId: string, fromLocationId: string, quantity: number, occurredAt?: Date) {
  return server.operator.movements.post.mutate({
    ...(occurredAt && { occurredAt }),
    lines: [{ type: 'outgoing', productId, fromLocationId, quantity }],
  })
}

describe('low stock', () => {
  test('is at or below the reorder point, most urgent first, with what fills up to the maximum', async () => {
    const categoryId = await newCategory()
    const [bin] = await makeBins(server.admin, 1)
    const product = async (onHand: number, fields: Parameters<typeof makeProduct>[1]) => {
      const { id } = await makeProduct(server.admin, { categoryId, ...fields })
      if (onHand > 0) await receive(server.operator, id, bin, onHand)
      return id
    }
    const low = await product(4, { reorderPoint: 10, maximumStock: 50 })
    const atPoint = await product(10, { reorderPoint: 10 })
    const none = await product(0, { minimumStock: 3 })
    const belowMinimum = await product(5, { reorderPoint: 4, minimumStock: 8 })
    const elsewhere = await makeProduct(server.admin, { reorderPoint: 10 })
    await product(11, { reorderPoint: 10 })
    await product(0, {})
    const archived = await product(0, { reorderPoint: 10 })
    await server.admin.products.archive.mutate({ id: archived })

    const { items } = await server.operator.reports.lowStock.query({ categoryId })
    expect(
      items.map(({ productId, onHand, suggestedOrder }) => [productId, onHand, suggestedOrder]),
    ).toEqual([
      [none, 0, 6],
      [low, 4, 46],
      [belowMinimum, 5, 11],
      [atPoint, 10, 10],
    ])
    const everywhere = await server.operator.reports.lowStock.query({ limit: 200 })
    expect(everywhere.items.map(({ productId }) => productId)).toContain(elsewhere.id)
  })

  test('leaves out what is out of use, and what nobody wants more of', async () => {
    const categoryId = await newCategory()
    const fields = { categoryId, name: 'Gone' }
    const retired = await makeProduct(server.admin, { ...fields, reorderPoint: 10 })
    await server.admin.products.archive.mutate({ id: retired.id })
    await makeProduct(server.admin, { ...fields, reorderPoint: 0 })
    await makeProduct(server.admin, { ...fields, minimumStock: 0 })
    await makeProduct(server.admin, { ...fields, reorderPoint: 0, maximumStock: 0 })
    const lastOne = await makeProduct(server.admin, {
      categoryId,
      reorderPoint: 0,
      maximumStock: 4,
    })
    const { items } = await server.operator.reports.lowStock.query({ categoryId })
    expect(items).toMatchObject([{ productId: lastOne.id, onHand: 0, suggestedOrder: 4 }])
    const csv = await (await server.operator.reports.lowStock.csv({ categoryId })).text()
    expect(csv).toContain(lastOne.sku)
    expect(csv).not.toContain('Gone')
    await server.admin.products.archive.mutate({ id: retired.id, archived: false })
    const again = await server.operator.reports.lowStock.query({ categoryId })
    // Both are equally urgent.
    expect(new Set(again.items.map(({ productId }) => productId))).toEqual(
      new Set([retired.id, lastOne.id]),
    )
  })

  test('counts what others hold as gone when it says what to order', async () => {
    const categoryId = await newCategory()
    const [bin] = await makeBins(server.admin, 1)
    const { id: productId } = await makeProduct(server.admin, {
      categoryId,
      reorderPoint: 10,
      maximumStock: 30,
    })
    await receive(server.operator, productId, bin, 8)
    await server.operator.reservations.hold.mutate({ productId, locationId: bin, quantity: 5 })
    const { items } = await server.operator.reports.lowStock.query({ categoryId })
    expect(items).toMatchObject([{ productId, onHand: 8, available: 3, suggestedOrder: 27 }])
  })

  test('of a place counts what lies in it alone', async () => {
    const categoryId = await newCategory()
    const here = await makeLocation(server.admin, 'warehouse', null)
    const bin = await makeLocation(server.admin, 'bin', here.id)
    const [other] = await makeBins(server.admin, 1)
    const { id } = await makeProduct(server.admin, { categoryId, reorderPoint: 10 })
    await receive(server.operator, id, bin.id, 2)
    await receive(server.operator, id, other, 100)
    const scoped = { categoryId, locationId: here.id }
    const { items } = await server.operator.reports.lowStock.query(scoped)
    expect(items).toMatchObject([{ productId: id, onHand: 2, available: 2 }])
    expect((await server.operator.reports.lowStock.query({ categoryId })).items).toEqual([])
  })
})

describe('the summary of movements', () => {
  test('adds up each kind by day, week and month, from the first moment to before the last', async () => {
    const [bin, otherBin] = await makeBins(server.admin, 2)
    const { id: productId } = await makeProduct(server.admin)
    const { id: another } = await makeProduct(server.admin)
    await receive(server.operator, productId, bin, 100, on(1, 30))
    await receive(server.operator, another, bin, 7, on(1, 30))
    await ship(productId, bin, 30, on(1, 31, 22))
    await server.operator.movements.post.mutate({
      occurredAt: on(2, 1),
      lines: [
        { type: 'transfer', productId, fromLocationId: bin, toLocationId: otherBin, quantity: 5 },
        { type: 'adjustment', productId, fromLocationId: otherBin, quantity: 2, reason: 'broken' },
      ],
    })
    await receive(server.operator, productId, bin, 1, on(3, 1, 0))
    const period = { from: on(1, 1), before: on(3, 1, 0) }
    const ask = async (by: 'day' | 'week' | 'month', timeZone?: string) =>
      (
        await server.operator.reports.movementSummary.query({
          ...period,
          productId,
          by,
          ...(timeZone && { timeZone }),
        })
      ).items.map((item) => [
        item.period,
        item.incoming,
        item.outgoing,
        item.transferred,
        item.adjusted,
      ])
    expect(await ask('day')).toEqual([
      ['2026-01-30', 100, 0, 0, 0],
      ['2026-01-31', 0, 30, 0, 0],
      ['2026-02-01', 0, 0, 5, -2],
    ])
    expect(await ask('week')).toEqual([['2026-01-26', 100, 30, 5, -2]])
    const { items } = await server.operator.reports.movementSummary.query({
      ...period,
      productId,
      by: 'week',
    })
    const counts = { movements: 4, arrivals: 1, shipments: 1, transfers: 1, adjustments: 1 }
    expect(items).toMatchObject([counts])
    expect(await ask('month')).toEqual([
      ['2026-01-01', 100, 30, 0, 0],
      ['2026-02-01', 0, 0, 5, -2],
    ])
    // In Moscow it is past midnight by then.
    expect(await ask('month', 'Europe/Moscow')).toEqual([
      ['2026-01-01', 100, 0, 0, 0],
      ['2026-02-01', 0, 30, 5, -2],
    ])
  })

  test.each([
    // What the database would take for Israel, and what it does not know.
    ['IST', 'Asia/Kolkata'],
    ['US/Pacific-New', 'America/Los_Angeles'],
  ])('takes the old name %s for %s', async (oldName, timeZone) => {
    const { id: productId } = await makeProduct(server.admin)
    const [bin] = await makeBins(server.admin, 1)
    // In Kolkata it is past midnight, in Jerusalem and Los Angeles it is not.
    await receive(server.operator, productId, bin, 3, on(1, 5, 19))
    const days = async (zone: string) => {
      const period = { from: on(1, 1), before: on(2, 1), by: 'day' as const }
      const asked = { ...period, productId, timeZone: zone }
      const { items } = await server.operator.reports.movementSummary.query(asked)
      return items.map(({ period, incoming }) => [period, incoming])
    }
    const day = timeZone === 'Asia/Kolkata' ? '2026-01-06' : '2026-01-05'
    expect(await days(oldName)).toEqual([[day, 3]])
    expect(await days(timeZone)).toEqual([[day, 3]])
  })

  test.each(['Nowhere/Land', '+03:00', "UTC'; select 1"])(
    'refuses the time zone %s',
    async (timeZone) => {
      const period = { from: on(1, 1), before: on(2, 1), by: 'day' as const }
      await expect(
        server.operator.reports.movementSummary.query({ ...period, timeZone }),
      ).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        fieldErrors: { timeZone: ['is no time zone'] },
      })
    },
  )
})

describe('stock by category', () => {
  test('counts what lies in categories below, keeps their own apart inside, and says what has no value', async () => {
    const { admin, operator } = server
    const inside = async (parentId: string) =>
      (await admin.categories.create.mutate({ name: `category ${++made}`, parentId })).id
    const top = await newCategory()
    const child = await inside(top)
    const grandchild = await inside(child)
    const empty = await newCategory()
    const [bin] = await makeBins(admin, 1)
    const product = async (
      categoryId: string | null,
      onHand: number,
      prices: Pick<NonNullable<Parameters<typeof makeProduct>[1]>, 'unitCost' | 'unitPrice'> = {},
    ) => {
      const { id } = await makeProduct(admin, { categoryId, ...prices })
      if (onHand > 0) await receive(operator, id, bin, onHand)
      return id
    }
    await product(top, 3, { unitCost: '0.1', unitPrice: '100' })
    await product(child, 10, { unitPrice: '2.25' })
    await product(grandchild, 7)
    await product(grandchild, 0, { unitCost: '1000' })
    await product(empty, 0, { unitCost: '1000' })
    await product(null, 1, { unitCost: '5' })

    const all = (await admin.reports.stockByCategory.query({ limit: 200 })).items
    expect(all.find(({ categoryId }) => categoryId === top)).toMatchObject({
      products: 3,
      withoutValue: 1,
      value: '22.8',
    })
    const ids = all.map(({ categoryId }) => categoryId)
    expect(ids).not.toContain(empty)
    expect(ids).not.toContain(child)
    // Of no category, here and in the other tests of this file.
    expect(ids.filter((id) => id === null)).toHaveLength(1)

    const own = await admin.reports.stockByCategory.query({ parentId: top })
    expect(
      own.items.map(({ categoryId, products, value }) => [categoryId, products, value]),
    ).toEqual([
      [child, 2, '22.5'],
      [top, 1, '0.3'],
    ])
    expect((await admin.reports.stockByCategory.query({ parentId: empty })).items).toEqual([])
  })

  test('of a place counts what lies in it alone', async () => {
    const categoryId = await newCategory()
    const [bin, other] = await makeBins(server.admin, 2)
    const { id } = await makeProduct(server.admin, { categoryId, unitCost: '2' })
    await receive(server.operator, id, bin, 1)
    await receive(server.operator, id, other, 100)
    const { items } = await server.admin.reports.stockByCategory.query({ locationId: bin })
    expect(items).toMatchObject([{ categoryId, products: 1, value: '2' }])
  })
})

test('slow movers are on hand, and nothing of them went out for long: never first, then longest', async () => {
  const categoryId = await newCategory()
  const [bin] = await makeBins(server.admin, 1)
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  const product = async (lastOut: number | null, unitCost: string | null) => {
    const { id } = await makeProduct(server.admin, { categoryId, unitCost })
    await receive(server.operator, id, bin, 10, dayAgo(400))
    if (lastOut !== null) await ship(id, bin, 4, dayAgo(lastOut))
    return id
  }
  const old = await product(200, '2.5')
  const never = await product(null, null)
  const older = await product(300, '0.1')
  const fresh = await product(10, '1')
  const takenBack = await product(250, '1')
  const { commandId } = await ship(takenBack, bin, 1, dayAgo(5))
  await server.operator.movements.reverse.mutate({ reversedCommandId: commandId, reason: 'no' })
  const soldOut = await makeProduct(server.admin, { categoryId })

  const { items } = await server.admin.reports.slowMovers.query({ categoryId })
  expect(items.map(({ productId, value, idleDays }) => [productId, value, idleDays])).toEqual([
    [never, null, null],
    [older, '0.6', 300],
    [takenBack, '6', 250],
    [old, '15', 200],
  ])
  const ids = items.map(({ productId }) => productId)
  expect(ids).not.toContain(fresh)
  expect(ids).not.toContain(soldOut.id)
})

describe('ABC', () => {
  async function sold() {
    const categoryId = await newCategory()
    const [bin] = await makeBins(server.admin, 1)
    const product = async (quantity: number, unitPrice: string) => {
      const { id } = await makeProduct(server.admin, { categoryId, unitPrice })
      await receive(server.operator, id, bin, 1_000, on(1, 1))
      if (quantity > 0) await ship(id, bin, quantity, on(2, 1))
      return id
    }
    const products = {
      a: await product(50, '10'),
      b: await product(300, '1'),
      c: await product(15, '10'),
      d: await product(5, '10'),
      unsold: await product(0, '100'),
    }
    // Outside of the period.
    await ship(products.d, bin, 500, on(3, 2))
    return { products, scope: { categoryId, from: on(2, 1, 0), before: on(3, 1) } }
  }

  test('ranks by value or by units, with exact shares', async () => {
    const { products, scope } = await sold()
    const { a, b, c, d, unsold } = products
    const { items } = await server.admin.reports.abc.query(scope)
    expect(
      items.map((item) => [item.productId, item.turnover, item.cumulativePercent, item.abcClass]),
    ).toEqual([
      [a, '500', '50', 'A'],
      [b, '300', '80', 'A'],
      [c, '150', '95', 'B'],
      [d, '50', '100', 'C'],
      [unsold, '0', '100', 'C'],
    ])
    const byUnits = await server.admin.reports.abc.query({ ...scope, measure: 'units' })
    expect(byUnits.items.map(({ productId, units }) => [productId, units]).slice(0, 2)).toEqual([
      [b, 300],
      [a, 50],
    ])
    expect(byUnits.items[0]).toMatchObject({ cumulativePercent: '81.0811', abcClass: 'A' })
  })

  test('gives products their classes once, in one audited change; the next time none changes', async () => {
    const { products, scope } = await sold()
    const other = await makeProduct(server.admin)
    expect(await server.admin.reports.applyAbc.mutate(scope)).toEqual({ changed: 5 })
    const classOf = async (id: string) =>
      (await server.operator.products.get.query({ id })).abcClass
    expect(await Promise.all(Object.values(products).map(classOf))).toEqual([
      'A',
      'A',
      'B',
      'C',
      'C',
    ])
    expect(await classOf(other.id)).toBeNull()
    expect(await server.admin.reports.applyAbc.mutate(scope)).toEqual({ changed: 0 })
    const { items } = await server.admin.audit.list.query({ action: 'reports.applyAbc' })
    expect(items.map(({ after }) => after?.changed)).toEqual([0, 5])
  })
})

test('expiring lots are told where they lie, soonest first, up to the day asked for', async () => {
  const categoryId = await newCategory()
  const [bin, otherBin] = await makeBins(server.admin, 2)
  const { id: productId } = await makeProduct(server.admin, {
    categoryId,
    tracking: 'lot',
    unitCost: '0.3',
  })
  const dayText = (days: number) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const lot = async (expiresOn: string | null, places: string[], status?: 'hold') => {
    const made = await server.operator.lots.create.mutate({
      productId,
      code: `L${Math.random()}`,
      expiresOn,
      ...(status && { status }),
    })
    for (const toLocationId of places) {
      await server.operator.movements.post.mutate({
        lines: [{ type: 'incoming', productId, lotId: made.id, toLocationId, quantity: 3 }],
      })
    }
    return made.id
  }
  const soon = await lot(dayText(10), [bin, otherBin])
  const expired = await lot(dayText(-2), [bin], 'hold')
  await lot(dayText(31), [bin])
  await lot(null, [bin])
  await lot(dayText(5), [])

  const { items } = await server.admin.reports.expiringLots.query({ categoryId })
  expect(
    items.map(({ lotId, locationId, daysLeft, value }) => [lotId, locationId, daysLeft, value]),
  ).toEqual([
    [expired, bin, -2, '0.9'],
    [soon, bin, 10, '0.9'],
    [soon, otherBin, 10, '0.9'],
  ])
  expect(items[0]).toMatchObject({ status: 'hold', onHand: 3 })
  const later = await server.admin.reports.expiringLots.query({ categoryId, until: dayText(31) })
  expect(later.items).toHaveLength(4)
})
