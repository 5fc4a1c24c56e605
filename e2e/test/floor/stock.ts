import type { TestServer } from '@stockbook/server/src/testing/testServer.ts'

/** What stands on the labels of the goods and places of these tests. */
export const labels = {
  tea: '4006381333931',
  teaCase: 'TEA-CASE',
  milk: '(01)09506000134352(17)271231(10)M-2027',
  shelf: 'A-01-1',
  otherShelf: 'A-01-2',
  dock: 'B-01-1',
  zone: 'ZONE-A',
}

/**
 * Tea in pieces and cases of 12, milk with lots, three bins; 100 pieces of tea on the first shelf, and
 * 40 of a lot of milk at the dock.
 */
export async function stockUp({ admin, operator }: TestServer) {
  const warehouse = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'MAIN',
    name: 'Main warehouse',
  })
  const zone = await admin.locations.create.mutate({
    kind: 'zone',
    code: labels.zone,
    name: 'Zone A',
    parentId: warehouse.id,
  })
  const bin = (code: string, pickSequence: number) =>
    admin.locations.create.mutate({
      kind: 'bin',
      code,
      name: `Bin ${code}`,
      parentId: zone.id,
      pickSequence,
    })
  const shelf = await bin(labels.shelf, 1)
  const otherShelf = await bin(labels.otherShelf, 2)
  const dock = await bin(labels.dock, 3)
  const tea = await admin.products.create.mutate({
    sku: 'TEA-EARL-GREY',
    name: 'Earl Grey, 20 bags',
    baseUnit: 'piece',
    packagings: [{ name: 'case', factor: 12 }],
    codes: [
      { type: 'gtin', code: labels.tea },
      { type: 'own', code: labels.teaCase, packaging: 'case' },
    ],
  })
  const milk = await admin.products.create.mutate({
    sku: 'MILK-1L',
    name: 'Milk, 1 litre',
    baseUnit: 'piece',
    tracking: 'lot',
    codes: [{ type: 'gtin', code: '9506000134352' }],
  })
  const lot = await operator.lots.create.mutate({
    productId: milk.id,
    code: 'M-2026',
    expiresOn: '2027-06-30',
  })
  await operator.movements.post.mutate({
    lines: [
      { type: 'incoming', productId: tea.id, toLocationId: shelf.id, quantity: 100 },
      { type: 'incoming', productId: milk.id, lotId: lot.id, toLocationId: dock.id, quantity: 40 },
    ],
  })
  return { tea, milk, lot, shelf, otherShelf, dock }
}

/** What is on hand of a product, by the codes of the places. */
export async function onHand({ operator }: TestServer, productId: string) {
  const { items } = await operator.stock.levels.query({ productId })
  return Object.fromEntries(items.map(({ locationCode, onHand }) => [locationCode, onHand]))
}
