import { describe, expect, test } from 'vitest'
import { type CatalogueData, createCatalogue } from '../src/catalogue/catalogue.ts'
import { findScan } from '../src/scanning/findScan.ts'

const data: CatalogueData = {
  products: [
    {
      id: 'tea',
      sku: 'TEA-1',
      name: 'Earl Grey',
      baseUnit: 'piece',
      tracking: 'lot',
      packagings: [{ id: 'case', name: 'case', factor: 12 }],
      codes: [
        { code: '9506000134352', packaging: null },
        { code: '19506000134359', packaging: 'case' },
        { code: 'own:7', packaging: null },
      ],
    },
  ],
  locations: [{ id: 'bin', code: 'A-01-1', name: 'Shelf 1', kind: 'bin' }],
  lots: [
    { id: 'lot', productId: 'tea', code: 'LOT42', expiresOn: '2026-12-10', status: 'available' },
  ],
  readAt: new Date(0),
}
const catalogue = createCatalogue(data)
const found = (text: string) => findScan(text, catalogue)

describe('a scan is found', () => {
  test.each(['9506000134352', '09506000134352', ']E09506000134352', 'TEA-1', 'tea-1', 'own:7'])(
    'as goods by every spelling of their codes: %s',
    (text) => {
      expect(found(text)).toMatchObject({
        kind: 'product',
        product: { id: 'tea' },
        packaging: null,
      })
    },
  )

  test('as the packaging that carries the code', () => {
    expect(found('19506000134359')).toMatchObject({ kind: 'product', packaging: { id: 'case' } })
  })

  test.each([
    ']C10109506000134352172612101' + '0LOT42\u001d3024',
    '(01)09506000134352(17)261210(10)LOT42(30)24',
    'https://id.gs1.org/01/09506000134352/10/LOT42?17=261210&30=24',
  ])('with lot, expiry and count: %s', (text) => {
    expect(found(text)).toMatchObject({
      kind: 'product',
      product: { id: 'tea' },
      count: 24,
      lot: { code: 'LOT42', expiresOn: '2026-12-10', known: { id: 'lot' }, otherExpiry: null },
    })
  })

  test('with a lot that nobody has told of', () => {
    expect(found('(01)09506000134352(17)270131(10)NEW')).toMatchObject({
      lot: { code: 'NEW', expiresOn: '2027-01-31', known: null },
    })
  })

  test('with the contradiction when the lot is known with another expiry', () => {
    expect(found('(01)09506000134352(17)270131(10)LOT42')).toMatchObject({
      lot: { expiresOn: '2026-12-10', otherExpiry: '2027-01-31' },
    })
  })

  test.each(['A-01-1', 'a-01-1'])('as a place, whatever the case: %s', (text) => {
    expect(found(text)).toMatchObject({ kind: 'location', location: { id: 'bin' } })
  })
})

describe('a scan is not guessed at', () => {
  test.each(['9506000134353', 'A-01-2', 'nothing'])('when nobody knows it: %s', (text) => {
    expect(found(text)).toMatchObject({ kind: 'unknown', text })
  })

  test('when its check digit is wrong, and that is said', () => {
    expect(found('(01)09506000134353')).toMatchObject({
      kind: 'unknown',
      reason: { code: 'CHECK_DIGIT_WRONG' },
    })
  })
})
