import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'

let server: TestServer
let milk: { id: string; packagings: { id: string; name: string }[] }

const gtin = '09506000134352'
const caseGtin = '19506000134359'
const gs = '\u001d'
const content = `01${gtin}1726121010LOT42`

beforeAll(async () => {
  server = await startTestServer()
  milk = await makeProduct(server.admin, {
    tracking: 'lot',
    packagings: [{ name: 'case', factor: 12 }],
    codes: [
      { type: 'gtin', code: '9506000134352' },
      { type: 'gtin', code: caseGtin, packaging: 'case' },
      { type: 'own', code: '#M-1' },
    ],
  })
  // Its neighbours, which no scan below may find.
  await makeProduct(server.admin, { codes: [{ type: 'gtin', code: '96385074' }] })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const resolve = (scan: string) => server.operator.products.resolveScan.query({ scan })
const failureOf = async (scan: string) => {
  const failure = await resolve(scan).then(
    () => null,
    (error: { code: string; detail: object }) => error,
  )
  return failure && { code: failure.code, detail: failure.detail }
}

test.each([
  ['GS1-128', `]C1${content}${gs}3024`],
  ['# for the separator', `]C1${content}#3024`],
  ['a Digital Link', `https://id.gs1.org/01/${gtin}/10/LOT42?17=261210&30=24`],
  ['bracketed text', `(01)${gtin}(17)261210(10)LOT42(30)24`],
])('%s gives product, lot, expiry and quantity at once', async (_name, scan) => {
  const found = await resolve(scan)
  expect(found).toMatchObject({
    kind: 'product',
    gtin,
    product: { id: milk.id },
    packaging: null,
    lot: null,
    lotCode: 'LOT42',
    expiresOn: '2026-12-10',
    serial: null,
    quantity: 24,
  })
  expect(found.elements.map(({ ai, value }) => [ai, value]).toSorted()).toEqual([
    ['01', gtin],
    ['10', 'LOT42'],
    ['17', '261210'],
    ['30', '24'],
  ])
})

test('a date without a day is the last of its month', async () => {
  const { expiresOn } = await resolve(`]C101${gtin}17261200`)
  expect(expiresOn).toBe('2026-12-31')
})

test.each([
  ['an EAN-13', '9506000134352', null],
  ['the same as GTIN-14', gtin, null],
  ['the code of a case', caseGtin, 'case'],
  ['an own code that looks like a separator', '#M-1', null],
])('%s finds the product and says no quantity', async (_name, scan, packaging) => {
  const found = await resolve(scan)
  expect(found).toMatchObject({ kind: 'product', product: { id: milk.id }, quantity: null })
  expect(found.packaging?.name ?? null).toBe(packaging)
})

test('a SKU finds the product, in any case and with spaces around it', async () => {
  const { sku, id } = await makeProduct(server.admin, {})
  expect(await resolve(` ${sku.toLowerCase()} `)).toMatchObject({
    kind: 'product',
    product: { id },
    gtin: null,
    elements: [],
  })
})

test('a count is of what carries the code: cases count as their base units', async () => {
  expect(
    await resolve(`]C102${caseGtin}37 3${gs}00106141411234567897`.replace(' ', '')),
  ).toMatchObject({
    packaging: { name: 'case' },
    quantity: 36,
  })
})

test.each([
  ['gram', '3103001250', 1250],
  ['g', '3100000002', 2000],
  ['kg', '3103001000', 1],
  ['kg', '3103001250', null],
  ['gram', '3105000001', null],
  ['millilitre', '3152000150', 1500],
  ['piece', '3103001250', null],
])('in base units of a %s the measure %s is %s', async (baseUnit, element, quantity) => {
  const codes = [{ type: 'gtin' as const, code: '29506000134356' }]
  const weighed = await makeProduct(server.admin, { baseUnit, codes })
  expect(await resolve(`]C10129506000134356${element}`)).toMatchObject({
    product: { id: weighed.id },
    quantity,
  })
  await server.admin.products.update.mutate({ id: weighed.id, codes: [] })
})

describe('a known lot', () => {
  test('comes with the answer, for this product only', async () => {
    const lot = await server.operator.lots.create.mutate({
      productId: milk.id,
      code: 'KNOWN',
      expiresOn: '2026-12-10',
    })
    const other = await makeProduct(server.admin, {
      tracking: 'lot',
      codes: [{ type: 'gtin', code: '39506000134353' }],
    })
    const scanned = await resolve(`(01)${gtin}(17)261210(10)KNOWN`)
    expect(scanned).toMatchObject({ lot: { id: lot.id }, lotCode: 'KNOWN' })
    const elsewhere = await resolve('(01)39506000134353(17)271210(10)KNOWN')
    expect(elsewhere).toMatchObject({ product: { id: other.id }, lot: null, lotCode: 'KNOWN' })
  })

  test('with another expiry is a conflict that names both days, and nothing is changed', async () => {
    const lot = await server.operator.lots.create.mutate({
      productId: milk.id,
      code: 'DATED',
      expiresOn: '2026-12-10',
    })
    expect(await failureOf(`(01)${gtin}(17)261211(10)DATED`)).toEqual({
      code: 'LOT_CONFLICT',
      detail: {
        productId: milk.id,
        lotId: lot.id,
        lotCode: 'DATED',
        knownExpiresOn: '2026-12-10',
        scannedExpiresOn: '2026-12-11',
      },
    })
    expect(await server.operator.lots.get.query({ id: lot.id })).toEqual(lot)
  })

  test('without an expiry is no conflict: the scan says more', async () => {
    const lot = await server.operator.lots.create.mutate({ productId: milk.id, code: 'UNDATED' })
    expect(await resolve(`(01)${gtin}(17)261211(10)UNDATED`)).toMatchObject({
      lot: { id: lot.id, expiresOn: null },
      expiresOn: '2026-12-11',
    })
  })
})

describe('what is wrong is refused whole, with the place', () => {
  test.each([
    [
      'the check digit',
      ']C10109506000134353',
      { fault: 'CHECK_DIGIT_WRONG', ai: '01', position: 5 },
    ],
    [
      'the check digit of a bare EAN',
      '9506000134353',
      { fault: 'CHECK_DIGIT_WRONG', ai: '01', position: 12 },
    ],
    [
      'the order of qualifiers',
      `https://id.gs1.org/01/${gtin}/10/LOT42/22/X`,
      { fault: 'ADDRESS_WRONG', ai: '22' },
    ],
    [
      'a rest that nobody can read',
      `]C1${content}${gs}Z`,
      { fault: 'IDENTIFIER_UNKNOWN', ai: null, position: 35 },
    ],
  ])('%s', async (_name, scan, detail) => {
    expect(await failureOf(scan)).toMatchObject({ code: 'SCAN_INVALID', detail })
  })
})

test('an unknown GTIN is told with all that was read, so that a form can be filled with it', async () => {
  expect(await failureOf(']C1014950600013435017261210' + `10LOT42${gs}3024`)).toMatchObject({
    code: 'NOT_FOUND',
    detail: {
      entity: 'product',
      gtin: '49506000134350',
      lotCode: 'LOT42',
      expiresOn: '2026-12-10',
      serial: null,
      count: 24,
      measure: null,
    },
  })
})

test('an unknown text is told as it was read', async () => {
  expect(await failureOf('NO-SUCH-THING')).toEqual({
    code: 'NOT_FOUND',
    detail: { entity: 'product', code: 'NO-SUCH-THING' },
  })
})

test('the number of a pallet names no product, and is given as data', async () => {
  expect(await resolve(']C100106141411234567897')).toMatchObject({
    kind: 'data',
    product: null,
    gtin: null,
    elements: [{ ai: '00', title: 'SSCC', value: '106141411234567897' }],
  })
})
