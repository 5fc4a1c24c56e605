import { describe, expect, test } from 'vitest'
import type { Location, Product } from '../src/catalogue/catalogue.ts'
import {
  accept,
  type Accepted,
  type Draft,
  emptyDraft,
  type Task,
  wantOf,
} from '../src/tasks/draft.ts'
import type { Found } from '../src/scanning/findScan.ts'
import { baseUnitsOf, quantityInput } from '../src/tasks/quantity.ts'

const caseOf12 = { id: 'case', name: 'case', factor: 12 }
const product = (id: string, tracking: Product['tracking'] = 'none'): Product => ({
  id,
  sku: id,
  name: `Product ${id}`,
  baseUnit: 'piece',
  tracking,
  packagings: [caseOf12],
  codes: [],
})
const location = (code: string, kind: Location['kind'] = 'bin'): Location => ({
  id: code,
  code,
  name: code,
  kind,
})
const lot = (code: string, otherExpiry: string | null = null) => ({
  code,
  expiresOn: '2027-01-31',
  known: {
    id: code,
    productId: 'b',
    code,
    expiresOn: '2027-01-31',
    status: 'available' as const,
  },
  otherExpiry,
})

type ProductScan = Partial<Extract<Found, { kind: 'product' }>>
const goods = (id: string, more: ProductScan = {}): Found => ({
  kind: 'product',
  product: product(id),
  packaging: null,
  count: null,
  lot: null,
  ...more,
})
const place = (code: string, kind?: Location['kind']): Found => ({
  kind: 'location',
  location: location(code, kind),
})

function scanned(task: Task, ...scans: Found[]): Draft {
  return scans.reduce<Draft>((draft, scan) => {
    const accepted: Accepted = accept(task, draft, scan)
    if (!('draft' in accepted)) throw new Error(`refused: ${accepted.got}`)
    return accepted.draft
  }, emptyDraft)
}

describe('goods and places', () => {
  test.each([
    ['receive', [goods('a'), place('A-1')], { from: null, to: 'A-1' }],
    ['receive', [place('A-1'), goods('a')], { from: null, to: 'A-1' }],
    ['ship', [goods('a'), place('A-1')], { from: 'A-1', to: null }],
    ['ship', [place('A-1'), goods('a')], { from: 'A-1', to: null }],
    ['move', [goods('a'), place('A-1'), place('A-2')], { from: 'A-1', to: 'A-2' }],
    ['move', [place('A-1'), goods('a'), place('A-2')], { from: 'A-1', to: 'A-2' }],
    ['move', [place('A-1'), place('A-2'), goods('a')], { from: 'A-1', to: 'A-2' }],
  ] as [Task, Found[], { from: string | null; to: string | null }][])(
    '%s takes them in any order',
    (task, scans, sides) => {
      const draft = scanned(task, ...scans)
      expect({ from: draft.from?.code ?? null, to: draft.to?.code ?? null }).toEqual(sides)
      expect(draft.product?.id).toBe('a')
      expect(wantOf(task, draft)).toBe('confirm')
    },
  )

  test('are asked for one after the other, and the lot only of goods that have lots', () => {
    expect(wantOf('move', emptyDraft)).toBe('product')
    const plain = scanned('move', goods('a'))
    expect(wantOf('move', plain)).toBe('from')
    const withLots = scanned('move', goods('b', { product: product('b', 'lot') }))
    expect(wantOf('move', withLots)).toBe('lot')
    expect(wantOf('move', { ...plain, from: location('A-1') })).toBe('to')
    expect(wantOf('receive', { ...plain, to: location('A-1'), quantity: '' })).toBe('quantity')
  })
})

describe('a wrong scan changes nothing and says what was expected', () => {
  const inShip = scanned('ship', place('A-1'))
  test.each([
    ['a place where goods are expected', 'ship', inShip, place('A-2'), 'location', 'product'],
    ['a zone', 'receive', emptyDraft, place('Z', 'zone'), 'noBin', 'product'],
    ['other goods', 'receive', scanned('receive', goods('a')), goods('b'), 'otherProduct', 'to'],
    [
      'a third place',
      'move',
      scanned('move', goods('a'), place('A-1'), place('A-2')),
      place('A-3'),
      'otherLocation',
      'confirm',
    ],
    [
      'the place where they are as the one to go to',
      'move',
      scanned('move', goods('a'), place('A-1')),
      place('A-1'),
      'sameLocation',
      'to',
    ],
    [
      'another lot of the same goods',
      'ship',
      scanned('ship', goods('b', { product: product('b', 'lot'), lot: lot('L1') })),
      goods('b', { product: product('b', 'lot'), lot: lot('L2') }),
      'otherLot',
      'from',
    ],
    [
      'a lot that nobody has told of, of goods that go out',
      'ship',
      emptyDraft,
      goods('b', { product: product('b', 'lot'), lot: { ...lot('L1'), known: null } }),
      'unknownLot',
      'product',
    ],
    [
      'a lot that is known with another expiry',
      'receive',
      emptyDraft,
      goods('b', { product: product('b', 'lot'), lot: lot('L1', '2028-01-31') }),
      'lotConflict',
      'product',
    ],
  ] as [string, Task, Draft, Found, string, string][])(
    '%s',
    (_name, task, draft, scan, got, expected) => {
      expect(accept(task, draft, scan)).toMatchObject({ got, expected })
    },
  )

  test('the lot is named, and the days that stand against each other', () => {
    const other = goods('b', { product: product('b', 'lot'), lot: lot('L1', '2028-01-31') })
    expect(accept('receive', emptyDraft, other)).toMatchObject({
      reason: { lot: 'L1', days: [lot('L1').expiresOn, '2028-01-31'] },
    })
  })

  test('a lot that nobody has told of may come in', () => {
    const isNew = { ...lot('L1'), known: null }
    const scan = goods('b', { product: product('b', 'lot'), lot: isNew })
    expect(scanned('receive', scan).lot).toEqual(isNew)
  })

  test('the same place once more is no fault', () => {
    const draft = scanned('receive', place('A-1'))
    expect(accept('receive', draft, place('A-1'))).toEqual({ draft, took: 'again' })
  })
})

describe('the quantity', () => {
  test('counts up with each scan of the same packaging', () => {
    const scan = goods('a', { packaging: caseOf12 })
    const draft = scanned('receive', scan, scan, scan)
    expect(draft).toMatchObject({ packaging: caseOf12, quantity: '3' })
  })

  test('becomes base units when packagings are mixed', () => {
    const draft = scanned('receive', goods('a', { packaging: caseOf12 }), goods('a'), goods('a'))
    expect(draft).toMatchObject({ packaging: null, quantity: '14' })
  })

  test('is the one that the label says', () => {
    expect(scanned('receive', goods('a', { count: 24 })).quantity).toBe('24')
  })

  test.each([
    ['3', 1, 3],
    ['0.5', 1000, 500],
    ['0,5', 1000, 500],
    ['0.1', 1000, 100],
    ['1.005', 1000, 1005],
    ['0.5', 1, null],
    ['0', 12, null],
    ['', 12, null],
    ['-1', 12, null],
    ['1e3', 12, null],
    ['0.0001', 1000, null],
    ['999999999', 999_999_999_999, null],
  ] as [string, number, number | null][])('%s of %s base units is %s', (text, factor, units) => {
    expect(baseUnitsOf(text, { id: '', name: '', factor })).toBe(units)
  })

  test('travels as the server takes it', () => {
    expect(quantityInput('12', null)).toEqual({ quantity: 12 })
    expect(quantityInput('12,0', null)).toEqual({ quantity: 12 })
    expect(quantityInput('0,5', caseOf12)).toEqual({ quantity: '0.5', packagingId: 'case' })
  })
})
