import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { newCode } from './features.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** The call is refused like this, and has written nothing. */
async function expectRefused(
  call: () => Promise<unknown>,
  refusal: { code: string; detail?: object },
) {
  const before = await databaseContents(server.db)
  await expect(call()).rejects.toMatchObject(refusal)
  expect(await databaseContents(server.db)).toEqual(before)
}

const newWarehouse = () =>
  server.admin.locations.create.mutate({ kind: 'warehouse', code: newCode(), name: 'W' })
const newLocation = (kind: 'zone' | 'bin', parentId: string) =>
  server.admin.locations.create.mutate({ kind, code: newCode(), name: kind, parentId })
const newProduct = (more: { tracking?: 'lot'; categoryId?: string } = {}) =>
  server.admin.products.create.mutate({ sku: newCode(), name: 'P', baseUnit: 'piece', ...more })
const newCategory = (parentId: string | null = null) =>
  server.admin.categories.create.mutate({ name: newCode(), parentId })
const newPartner = (kind: 'supplier' | 'customer', code = newCode()) =>
  server.admin.partners.create.mutate({ kind, code, name: 'P' })

const receive = (line: { productId: string; toLocationId: string; lotId?: string }) =>
  server.operator.movements.post.mutate({ lines: [{ type: 'incoming', quantity: 5, ...line }] })
const ship = (line: { productId: string; fromLocationId: string; lotId?: string }) =>
  server.operator.movements.post.mutate({ lines: [{ type: 'outgoing', quantity: 5, ...line }] })

describe('a value that must be unique is refused with its name and field', () => {
  const taken = (entity: string, field: string, value: string) => ({
    code: 'ALREADY_EXISTS',
    detail: { entity, field, value },
  })

  test('a user name, in any case', async () => {
    const user = { role: 'operator', password: 'twelve chars at least' } as const
    await server.admin.users.create.mutate({ username: 'Clara', ...user })
    await expectRefused(
      () => server.admin.users.create.mutate({ username: 'cLARA', ...user }),
      taken('user', 'username', 'clara'),
    )
  })

  test('a category’s name below one parent, but not below two', async () => {
    const [one, other] = [await newCategory(), await newCategory()]
    const name = 'Other, and more'
    await server.admin.categories.create.mutate({ name, parentId: one.id })
    const second = await server.admin.categories.create.mutate({ name, parentId: other.id })
    const refusal = taken('category', 'name', name)
    await expectRefused(
      () => server.admin.categories.create.mutate({ name, parentId: one.id }),
      refusal,
    )
    await expectRefused(
      () => server.admin.categories.update.mutate({ id: second.id, parentId: one.id }),
      refusal,
    )
    await server.admin.categories.create.mutate({ name })
    await expectRefused(() => server.admin.categories.create.mutate({ name }), refusal)
  })

  test('a location’s code, in any case, anywhere', async () => {
    const { id: parentId } = await newWarehouse()
    await server.admin.locations.create.mutate({ kind: 'bin', code: 'Aa-1', name: 'A', parentId })
    await expectRefused(
      () => server.admin.locations.create.mutate({ kind: 'warehouse', code: 'aA-1', name: 'A' }),
      taken('location', 'code', 'aa-1'),
    )
  })

  test('a partner’s code among those of its kind, but not of the other', async () => {
    const supplier = await newPartner('supplier')
    await newPartner('customer', supplier.code)
    const refusal = taken('partner', 'code', supplier.code)
    await expectRefused(() => newPartner('supplier', supplier.code), refusal)
    const third = await newPartner('supplier')
    await expectRefused(
      () => server.operator.partners.update.mutate({ id: third.id, code: supplier.code }),
      refusal,
    )
  })

  test('a SKU, in any case', async () => {
    const product = await newProduct()
    const sku = product.sku.toUpperCase()
    await expectRefused(
      () => server.admin.products.create.mutate({ sku, name: 'P', baseUnit: 'piece' }),
      taken('product', 'sku', product.sku),
    )
  })

  test('a lot’s code within its product, but not of another', async () => {
    const [one, other] = [
      await newProduct({ tracking: 'lot' }),
      await newProduct({ tracking: 'lot' }),
    ]
    await server.operator.lots.create.mutate({ productId: one.id, code: 'L' })
    await server.operator.lots.create.mutate({ productId: other.id, code: 'L' })
    await expectRefused(
      () => server.operator.lots.create.mutate({ productId: one.id, code: 'L' }),
      taken('lot', 'code', 'L'),
    )
  })

  test('of twenty who take it at once, one gets it', async () => {
    const code = newCode()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => newPartner('supplier', code)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toMatchObject(taken('partner', 'code', code))
    }
  })
})

describe('a reference to nothing is refused with its field', () => {
  const nothing = randomUUID()
  const missing = (entity: string, field: string) => ({
    code: 'REFERENCE_NOT_FOUND',
    detail: { entity, field, value: nothing },
  })

  test('of a category, a location, a product and a lot', async () => {
    const { admin, operator } = server
    const category = await newCategory()
    const product = await newProduct()
    const { id: warehouseId } = await newWarehouse()
    const bin = await newLocation('bin', warehouseId)
    await expectRefused(() => newCategory(nothing), missing('category', 'parentId'))
    await expectRefused(
      () => admin.categories.update.mutate({ id: category.id, parentId: nothing }),
      missing('category', 'parentId'),
    )
    await expectRefused(() => newLocation('bin', nothing), missing('location', 'parentId'))
    await expectRefused(
      () => admin.locations.update.mutate({ id: bin.id, parentId: nothing }),
      missing('location', 'parentId'),
    )
    for (const field of ['categoryId', 'supplierId']) {
      const named = { [field]: nothing }
      await expectRefused(() => newProduct(named), missing('product', field))
      await expectRefused(
        () => admin.products.update.mutate({ id: product.id, ...named }),
        missing('product', field),
      )
    }
    await expectRefused(
      () => operator.lots.create.mutate({ productId: nothing, code: 'L' }),
      missing('lot', 'productId'),
    )
  })
})

describe('a tree stays a tree', () => {
  const invalid = { code: 'INVALID_PARENT' }

  test('a category stands neither below itself nor below what is below it', async () => {
    const top = await newCategory()
    const middle = await newCategory(top.id)
    const leaf = await newCategory(middle.id)
    for (const parentId of [top.id, middle.id, leaf.id]) {
      await expectRefused(
        () => server.admin.categories.update.mutate({ id: top.id, parentId }),
        invalid,
      )
    }
    await server.admin.categories.update.mutate({ id: leaf.id, parentId: top.id })
    await server.admin.categories.update.mutate({ id: middle.id, parentId: leaf.id })
  })

  test('of two who would make a ring together, one is refused', async () => {
    const [one, other] = [await newCategory(), await newCategory()]
    const { update } = server.admin.categories
    const outcomes = await Promise.allSettled([
      update.mutate({ id: one.id, parentId: other.id }),
      update.mutate({ id: other.id, parentId: one.id }),
    ])
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost).toMatchObject([{ reason: invalid }])
  })

  test('nothing stands below a bin, and only a warehouse stands at the top', async () => {
    const warehouse = await newWarehouse()
    const zone = await newLocation('zone', warehouse.id)
    const bin = await newLocation('bin', zone.id)
    await expectRefused(() => newLocation('bin', bin.id), invalid)
    await expectRefused(() => newLocation('zone', bin.id), invalid)
    const { create, update } = server.admin.locations
    const named = { code: newCode(), name: 'x' }
    await expectRefused(() => create.mutate({ kind: 'bin', ...named }), { code: 'INVALID_INPUT' })
    await expectRefused(() => create.mutate({ kind: 'warehouse', parentId: zone.id, ...named }), {
      code: 'INVALID_INPUT',
    })
    await expectRefused(() => update.mutate({ id: zone.id, parentId: zone.id }), invalid)
    await expectRefused(() => update.mutate({ id: zone.id, parentId: bin.id }), invalid)
    await expectRefused(() => update.mutate({ id: warehouse.id, parentId: zone.id }), invalid)
    const inner = await newLocation('zone', zone.id)
    await expectRefused(() => update.mutate({ id: zone.id, parentId: inner.id }), invalid)
    await update.mutate({ id: bin.id, parentId: warehouse.id })
  })
})

describe('nothing new is put under what is archived', () => {
  const archivedAs = (field: string, id: string) => ({ code: 'ARCHIVED', detail: { field, id } })

  test('no category and no product in a category', async () => {
    const [old, other] = [await newCategory(), await newCategory()]
    const product = await newProduct()
    await server.admin.categories.archive.mutate({ id: old.id })
    await expectRefused(() => newCategory(old.id), archivedAs('parentId', old.id))
    await expectRefused(
      () => server.admin.categories.update.mutate({ id: other.id, parentId: old.id }),
      archivedAs('parentId', old.id),
    )
    await expectRefused(() => newProduct({ categoryId: old.id }), archivedAs('categoryId', old.id))
    await expectRefused(
      () => server.admin.products.update.mutate({ id: product.id, categoryId: old.id }),
      archivedAs('categoryId', old.id),
    )
  })

  test('no place in a place, and no product for a supplier', async () => {
    const [old, other] = [await newWarehouse(), await newWarehouse()]
    const zone = await newLocation('zone', other.id)
    await server.admin.locations.archive.mutate({ id: old.id })
    await expectRefused(() => newLocation('bin', old.id), archivedAs('parentId', old.id))
    await expectRefused(
      () => server.admin.locations.update.mutate({ id: zone.id, parentId: old.id }),
      archivedAs('parentId', old.id),
    )
    const supplier = await newPartner('supplier')
    const product = await newProduct()
    await server.admin.partners.archive.mutate({ id: supplier.id })
    await expectRefused(
      () => server.admin.products.update.mutate({ id: product.id, supplierId: supplier.id }),
      archivedAs('supplierId', supplier.id),
    )
  })

  test('no command for a partner, and the refusal is remembered', async () => {
    const bin = await newLocation('bin', (await newWarehouse()).id)
    const product = await newProduct()
    const customer = await newPartner('customer')
    await server.admin.partners.archive.mutate({ id: customer.id })
    const command = {
      commandId: randomUUID(),
      partnerId: customer.id,
      lines: [
        { type: 'incoming' as const, productId: product.id, toLocationId: bin.id, quantity: 1 },
      ],
    }
    const refusal = { code: 'ARCHIVED', detail: { entity: 'partner', id: customer.id } }
    const post = () => server.operator.movements.post.mutate(command)
    await expect(post()).rejects.toMatchObject(refusal)
    await server.admin.partners.archive.mutate({ id: customer.id, archived: false })
    await expect(post()).rejects.toMatchObject(refusal)
    expect((await server.operator.stock.levels.query({ productId: product.id })).items).toEqual([])
  })
})

describe('what is in use is not archived', () => {
  const inUse = { code: 'IN_USE' }

  test('a category, while a product or a category below it is in use', async () => {
    const category = await newCategory()
    const child = await newCategory(category.id)
    const product = await newProduct({ categoryId: child.id })
    const { archive } = server.admin.categories
    await expectRefused(() => archive.mutate({ id: category.id }), {
      ...inUse,
      detail: { id: category.id, usedBy: { id: child.id, name: child.name } },
    })
    await expectRefused(() => archive.mutate({ id: child.id }), {
      ...inUse,
      detail: { id: child.id, usedBy: { id: product.id, sku: product.sku } },
    })
    await server.admin.products.archive.mutate({ id: product.id })
    await archive.mutate({ id: child.id })
    await archive.mutate({ id: category.id })
  })

  test('a location, while it holds stock or a place in it is in use', async () => {
    const warehouse = await newWarehouse()
    const bin = await newLocation('bin', warehouse.id)
    const product = await newProduct()
    await receive({ productId: product.id, toLocationId: bin.id })
    const { archive } = server.admin.locations
    await expectRefused(() => archive.mutate({ id: warehouse.id }), {
      ...inUse,
      detail: { usedBy: { id: bin.id, code: bin.code } },
    })
    await expectRefused(() => archive.mutate({ id: bin.id }), {
      ...inUse,
      detail: { id: bin.id, productId: product.id, onHand: 5 },
    })
    await ship({ productId: product.id, fromLocationId: bin.id })
    await archive.mutate({ id: bin.id })
    await archive.mutate({ id: warehouse.id })
  })

  test('a product and a lot, while some of it is on hand', async () => {
    const bin = await newLocation('bin', (await newWarehouse()).id)
    const product = await newProduct({ tracking: 'lot' })
    const lot = await server.operator.lots.create.mutate({ productId: product.id, code: 'L' })
    await receive({ productId: product.id, toLocationId: bin.id, lotId: lot.id })
    const detail = { locationId: bin.id, onHand: 5 }
    const { products } = server.admin
    await expectRefused(() => products.archive.mutate({ id: product.id }), {
      ...inUse,
      detail: { id: product.id, ...detail },
    })
    await expectRefused(() => server.operator.lots.archive.mutate({ id: lot.id }), {
      ...inUse,
      detail: { id: lot.id, ...detail },
    })
    await ship({ productId: product.id, fromLocationId: bin.id, lotId: lot.id })
    await server.operator.lots.archive.mutate({ id: lot.id })
    await products.archive.mutate({ id: product.id })
  })

  test('what is archived takes no new stock', async () => {
    const bin = await newLocation('bin', (await newWarehouse()).id)
    const product = await newProduct()
    await server.admin.products.archive.mutate({ id: product.id })
    const line = { productId: product.id, toLocationId: bin.id }
    await expect(receive(line)).rejects.toMatchObject({ code: 'ARCHIVED' })
    await server.admin.products.archive.mutate({ id: product.id, archived: false })
    await receive(line)
  })

  test('archiving and receiving at once: stock never lies in what is archived', async () => {
    const warehouse = await newWarehouse()
    for (let round = 0; round < 10; round++) {
      const bin = await newLocation('bin', warehouse.id)
      const product = await newProduct()
      const outcomes = await Promise.allSettled([
        server.admin.locations.archive.mutate({ id: bin.id }),
        receive({ productId: product.id, toLocationId: bin.id }),
      ])
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(lost).toHaveLength(1)
      expect(['IN_USE', 'ARCHIVED']).toContain(lost[0]?.reason.code)
    }
  })

  test('tracking cannot change once a product has moved, and can before', async () => {
    const bin = await newLocation('bin', (await newWarehouse()).id)
    const product = await newProduct()
    const { update } = server.admin.products
    await update.mutate({ id: product.id, tracking: 'lot' })
    await update.mutate({ id: product.id, tracking: 'none' })
    await receive({ productId: product.id, toLocationId: bin.id })
    await expectRefused(() => update.mutate({ id: product.id, tracking: 'lot' }), {
      ...inUse,
      detail: { id: product.id, field: 'tracking' },
    })
  })

  test('a lot is refused for a product that is not tracked by lot', async () => {
    const product = await newProduct()
    await expectRefused(
      () => server.operator.lots.create.mutate({ productId: product.id, code: 'L' }),
      { code: 'LOT_NOT_ALLOWED', detail: { productId: product.id, sku: product.sku } },
    )
  })
})

describe('a maximum stock below the minimum is refused at its field', () => {
  const refused = {
    code: 'INVALID_INPUT',
    fieldErrors: { maximumStock: ['must not be less than the minimum stock'] },
  }

  test('of a new product', async () => {
    await expectRefused(
      () =>
        server.admin.products.create.mutate({
          sku: newCode(),
          name: 'P',
          baseUnit: 'piece',
          minimumStock: 2,
          maximumStock: 1,
        }),
      refused,
    )
  })

  test('of a product whose other bound stays as it was', async () => {
    const { id } = await newProduct()
    await server.admin.products.update.mutate({ id, minimumStock: 2, maximumStock: 2 })
    await expectRefused(() => server.admin.products.update.mutate({ id, maximumStock: 1 }), refused)
    await expectRefused(() => server.admin.products.update.mutate({ id, minimumStock: 3 }), refused)
  })
})
