import { randomUUID } from 'node:crypto'
import { createStockbookClient } from '@stockbook/client'
import { type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { receive } from '../../src/testing/warehouse.ts'

/** A bin in a zone in a warehouse of its own. */
export async function makeWarehouse({ admin }: TestServer, name: string) {
  const make = async (kind: 'warehouse' | 'zone' | 'bin', code: string, parentId: string | null) =>
    (await admin.locations.create.mutate({ kind, code, name: code, parentId })).id
  const warehouse = await make('warehouse', name, null)
  const zone = await make('zone', `${name}-ZONE`, warehouse)
  return {
    warehouse,
    zone,
    bin: await make('bin', `${name}-BIN`, zone),
    otherBin: await make('bin', `${name}-OTHER-BIN`, warehouse),
  }
}

export type Warehouse = Awaited<ReturnType<typeof makeWarehouse>>

let made = 0

/** Signed in as a new operator who is restricted to these warehouses. */
export async function signInRestricted({ admin, url }: TestServer, warehouseIds: string[]) {
  const username = `rita-${++made}`
  const user = await admin.users.create.mutate({
    username,
    role: 'operator',
    password: testPassword,
    warehouseIds,
  })
  const client = createStockbookClient({ url, auth: { username, password: testPassword } })
  return { client, username, user }
}

/** No other quantity in a test is so large, nor can a sum of smaller ones be. */
export const largeQuantity = 1_000_000_000

/**
 * Goods in a warehouse, and all that can happen to goods; every quantity is a large one. Gives the ids of
 * what there is only because of this warehouse, and of the shared goods.
 */
export async function fillWarehouse(
  { admin, operator }: TestServer,
  { warehouse, zone, bin, otherBin }: Warehouse,
) {
  const category = await admin.categories.create.mutate({ name: 'Shared tea' })
  const supplier = await admin.partners.create.mutate({
    kind: 'supplier',
    code: 'SHARED-S',
    name: 'Shared supplier',
  })
  const customer = await admin.partners.create.mutate({
    kind: 'customer',
    code: 'SHARED-C',
    name: 'Shared customer',
  })
  const product = await admin.products.create.mutate({
    sku: 'SHARED-1',
    name: 'Tea',
    baseUnit: 'piece',
    categoryId: category.id,
    supplierId: supplier.id,
    reorderPoint: 20,
    unitCost: '2',
  })
  const tracked = await admin.products.create.mutate({
    sku: 'SHARED-2',
    name: 'Milk',
    baseUnit: 'piece',
    tracking: 'lot',
    categoryId: category.id,
    unitCost: '3',
  })
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  const lot = await admin.lots.create.mutate({
    productId: tracked.id,
    code: 'SHARED-LOT',
    expiresOn: inTenDays,
  })
  const goods = { productId: product.id, quantity: largeQuantity }
  const milk = { productId: tracked.id, lotId: lot.id, quantity: largeQuantity }
  const posted = await admin.movements.post.mutate({
    reference: 'PO OF THE OTHER WAREHOUSE',
    partnerId: supplier.id,
    lines: [
      { type: 'incoming', ...goods, quantity: 9 * largeQuantity, toLocationId: bin },
      { type: 'incoming', ...milk, quantity: 9 * largeQuantity, toLocationId: bin },
      { type: 'transfer', ...goods, fromLocationId: bin, toLocationId: otherBin },
      { type: 'outgoing', ...goods, fromLocationId: bin },
      { type: 'outgoing', ...milk, fromLocationId: bin },
      { type: 'adjustment', ...goods, fromLocationId: bin, reason: 'broken' },
    ],
  })
  const { commandId } = await receive(operator, product.id, otherBin, largeQuantity)
  const hold = (locationId: string) =>
    admin.reservations.hold.mutate({
      productId: product.id,
      locationId,
      quantity: largeQuantity,
      reference: 'ORDER OF THE OTHER WAREHOUSE',
      partnerId: customer.id,
    })
  const { reservation } = await hold(warehouse)
  const { reservation: heldInBin } = await hold(bin)
  const openCheck = (scope: object) =>
    admin.checks.open.mutate({ title: 'CHECK OF THE OTHER WAREHOUSE', scope, isBlind: false })
  const open = await openCheck({ locationIds: [zone] })
  const everything = await openCheck({})
  const review = await openCheck({ locationIds: [bin] })
  for (const { id: lineId } of (await admin.checks.lines.query({ checkId: review.id })).items) {
    await operator.checks.count.mutate({ commandId: randomUUID(), lineId, quantity: largeQuantity })
  }
  await operator.checks.submit.mutate({ id: review.id })
  const { items: lines } = await admin.checks.lines.query({ checkId: open.id })
  const attach = async (entity: 'check' | 'command', entityId: string) => {
    const content = Buffer.from('box;damage\n').toString('base64')
    const file = { entity, entityId, fileName: 'NOTE OF THE OTHER WAREHOUSE.csv', content }
    return (await operator.attachments.add.mutate(file)).id
  }
  const attached = [await attach('check', open.id), await attach('command', posted.commandId)]
  return {
    shared: { category, supplier, customer, product, tracked, lot },
    commandId: posted.commandId,
    movements: posted.movements.map(({ id }) => id),
    reservation,
    check: open,
    attached,
    line: lines[0]!,
    /** None of these may be told to somebody who is restricted to another warehouse. */
    secrets: [
      warehouse,
      zone,
      bin,
      otherBin,
      posted.commandId,
      commandId,
      reservation.id,
      heldInBin.id,
      open.id,
      everything.id,
      review.id,
      ...attached,
      ...lines.map(({ id }) => id),
      'OTHER WAREHOUSE',
    ],
  }
}

export type Filled = Awaited<ReturnType<typeof fillWarehouse>>
