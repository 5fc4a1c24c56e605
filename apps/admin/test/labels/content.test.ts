import type { ApiOutputs } from '@stockbook/client'
import { expect, test } from 'vitest'
import { type LabelWords, locationLabel, lotLabel, productLabel } from '../../src/labels/content.ts'

type Product = ApiOutputs['products']['get']

const words: LabelWords = {
  lot: 'Lot',
  expires: 'Best before',
  day: (day) => day,
  pieces: (factor, unit) => `${factor} ${unit}`,
}

const now = new Date('2026-01-01T00:00:00Z')
const lifecycle = { createdAt: now, updatedAt: now, archivedAt: null, version: 1 }
const box = { id: 'a', name: 'box', factor: 12, archivedAt: null }

const product: Product = {
  id: 'p',
  sku: 'TEA-1',
  name: 'Green tea',
  description: null,
  categoryId: null,
  supplierId: null,
  baseUnit: 'piece',
  tracking: 'lot',
  reorderPoint: null,
  minimumStock: null,
  maximumStock: null,
  abcClass: null,
  minimumShelfLifeDays: null,
  unitPrice: null,
  unitCost: null,
  packagings: [box],
  codes: [
    { type: 'own', code: 'T1', packaging: null },
    { type: 'gtin', code: '4601234567893', packaging: null },
    { type: 'gtin', code: '14601234567890', packaging: 'box' },
  ],
  ...lifecycle,
}

const lot = {
  id: 'l',
  productId: 'p',
  code: 'LOT-42',
  expiresOn: '2026-12-10',
  status: 'available' as const,
  ...lifecycle,
}

test('a product carries its GTIN before its own code, a packaging the code of its own', () => {
  expect(productLabel(product, null, 'barcode', words)).toMatchObject({
    symbology: 'ean13',
    content: '4601234567893',
  })
  expect(productLabel(product, box, 'barcode', words)).toMatchObject({
    symbology: 'itf14',
    content: '14601234567890',
    details: ['TEA-1', 'box: 12 piece'],
  })
})

test('a product without codes carries its SKU; letters beyond ASCII go into a QR code', () => {
  expect(productLabel({ ...product, codes: [] }, null, 'barcode', words)).toMatchObject({
    symbology: 'code128',
    content: 'TEA-1',
  })
  const russian = { ...product, codes: [], sku: 'ЧАЙ-1' }
  expect(productLabel(russian, null, 'barcode', words)).toMatchObject({
    symbology: 'qr',
    content: 'ЧАЙ-1',
  })
})

test('a lot of a product with a GTIN carries product, last good day and lot in one symbol', () => {
  const content = '(01)04601234567893(17)261210(10)LOT-42'
  expect(lotLabel(product, lot, 'barcode', words)).toMatchObject({
    symbology: 'gs1-128',
    content,
    note: null,
  })
  expect(lotLabel(product, lot, 'datamatrix', words).symbology).toBe('gs1-datamatrix')
  expect(lotLabel(product, { ...lot, expiresOn: null }, 'qr', words).content).toBe(
    '(01)04601234567893(10)LOT-42',
  )
})

const lotsWithoutSymbol: [string, Product, typeof lot, string][] = [
  ['without a GTIN', { ...product, codes: [] }, lot, 'TEA-1'],
  ['with a lot in Russian', product, { ...lot, code: 'ПАРТИЯ-1' }, '4601234567893'],
  ['with a lot too long for GS1', product, { ...lot, code: 'L'.repeat(21) }, '4601234567893'],
  ['with brackets in the lot', product, { ...lot, code: 'L(10)X' }, '4601234567893'],
]

test.each(lotsWithoutSymbol)(
  'a lot %s names its product alone in the symbol, and says so',
  (_, of, which, content) => {
    expect(lotLabel(of, which, 'barcode', words)).toMatchObject({
      content,
      note: 'symbolWithoutLot',
    })
  },
)

test('a place shows its code large, and its name where it differs', () => {
  const place = { id: 'b', parentId: 'w', kind: 'bin' as const, pickSequence: null, ...lifecycle }
  expect(locationLabel({ ...place, code: 'A-01', name: 'Shelf one' }, 'barcode')).toMatchObject({
    title: 'A-01',
    details: ['Shelf one'],
    symbology: 'code128',
  })
  expect(locationLabel({ ...place, code: 'A-01', name: 'A-01' }, 'barcode').details).toEqual([])
})
