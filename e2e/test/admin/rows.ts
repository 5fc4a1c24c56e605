import type { TestServer } from '@stockbook/server/src/testing/testServer.ts'

/** Finds at least two rows for every table of the panel: one to look for, and one to leave out. */
export async function fillTables({ admin, operator }: TestServer) {
  const tea = await admin.categories.create.mutate({ name: 'Tea' })
  const green = await admin.categories.create.mutate({ name: 'Green tea', parentId: tea.id })
  await admin.categories.create.mutate({ name: 'Oat things' })
  const warehouse = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'NORTH',
    name: 'North hall',
  })
  const bins = [
    await bin(admin, warehouse.id, 'N-01', 'By the door'),
    await bin(admin, warehouse.id, 'N-02', 'At the back'),
  ] as const
  const supplier = await operator.partners.create.mutate({
    kind: 'supplier',
    code: 'UJI',
    name: 'Uji growers',
  })
  const customer = await operator.partners.create.mutate({
    kind: 'customer',
    code: 'CAFE',
    name: 'Café Linde',
    email: 'order@linde.example',
  })
  const sencha = await admin.products.create.mutate({
    sku: 'TEA-1',
    name: 'Sencha',
    baseUnit: 'box',
    categoryId: green.id,
    supplierId: supplier.id,
    tracking: 'lot',
    unitPrice: '12.50',
    packagings: [{ name: 'case', factor: 12 }],
    codes: [{ type: 'gtin', code: '4006381333931', packaging: 'case' }],
  })
  const oats = await admin.products.create.mutate({ sku: 'OAT-1', name: 'Oats', baseUnit: 'kg' })
  const spring = await operator.lots.create.mutate({
    productId: sencha.id,
    code: 'SPRING',
    expiresOn: '2031-03-31',
  })
  const autumn = await operator.lots.create.mutate({
    productId: sencha.id,
    code: 'AUTUMN',
    expiresOn: '2031-09-30',
    status: 'hold',
  })
  await operator.movements.post.mutate({
    reference: 'PO-7',
    partnerId: supplier.id,
    lines: [
      {
        type: 'incoming',
        productId: sencha.id,
        lotId: spring.id,
        toLocationId: bins[0].id,
        quantity: 40,
      },
      { type: 'incoming', productId: oats.id, toLocationId: bins[1].id, quantity: 25 },
    ],
  })
  await operator.movements.post.mutate({
    lines: [
      {
        type: 'transfer',
        productId: oats.id,
        fromLocationId: bins[1].id,
        toLocationId: bins[0].id,
        quantity: 5,
      },
    ],
  })
  const { reservation } = await operator.reservations.hold.mutate({
    productId: sencha.id,
    locationId: warehouse.id,
    quantity: 4,
    reference: 'SO-1',
    partnerId: customer.id,
  })
  const given = await operator.reservations.hold.mutate({
    productId: oats.id,
    locationId: warehouse.id,
    quantity: 2,
    reference: 'SO-2',
  })
  await operator.reservations.release.mutate({ id: given.reservation.id })
  const check = await admin.checks.open.mutate({
    title: 'Tea shelf',
    scope: { productIds: [sencha.id] },
  })
  const cancelled = await admin.checks.open.mutate({
    title: 'Oat shelf',
    scope: { productIds: [oats.id] },
  })
  await admin.checks.cancel.mutate({
    id: cancelled.id,
    expectedVersion: cancelled.version,
    reason: 'not today',
  })
  await admin.apiKeys.create.mutate({ name: 'Scale at the door', role: 'operator' })
  const old = await admin.apiKeys.create.mutate({ name: 'Old scale', role: 'operator' })
  await admin.apiKeys.revoke.mutate({ id: old.id })
  const { items: movements } = await operator.movements.list.query({ productId: sencha.id })
  return {
    tea,
    green,
    warehouse,
    bins,
    supplier,
    customer,
    sencha,
    oats,
    spring,
    autumn,
    check,
    reservation,
    movements,
  }
}

function bin(admin: TestServer['admin'], parentId: string, code: string, name: string) {
  return admin.locations.create.mutate({ kind: 'bin', code, name, parentId })
}
