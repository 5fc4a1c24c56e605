import { expect, test } from 'vitest'
import { askedIn, searchOf } from '../../src/address/asked.ts'
import { judge } from '../../src/address/judge.ts'
import { wrongFilters } from '../../src/address/wrongFilters.ts'
import { forRole } from '../../src/resources/forRole.ts'
import { resourceOf, resources } from '../../src/resources/index.ts'

const products = resourceOf('products')
const id = '01a224fe-02c5-74b2-8fe1-6d96e2c148fa'

/** What is made of an address that asks for this. */
function opened(asked: Readonly<Record<string, unknown>>, table = products) {
  return judge(table, askedIn(searchOf(asked)), true)
}

test('what a list can do stays as it is', () => {
  const asked = {
    filter: {
      search: 'tea',
      archived: 'all',
      where: {
        name: { contains: 'tea' },
        categoryId: { within: id },
        tracking: { oneOf: ['lot'] },
        reorderPoint: { atLeast: 1, isNull: false },
        unitPrice: { lessThan: '12.50' },
        createdAt: { atLeast: '2026-01-31T14:00' },
      },
    },
    displayedFilters: { 'where.name': true },
    sort: 'name',
    order: 'DESC',
    page: '3',
    perPage: '50',
  }
  expect(opened(asked)).toEqual({ isSound: true, sound: asked, leftOut: {} })
})

test('what is chosen in the list may still be typed at, but a filter or order that is not for the person is left out', () => {
  const table = forRole(products, 'operator')
  const filter = { where: { createdAt: { atLeast: 'rub' }, unitCost: { atLeast: '5' } } }
  const { isSound, sound, leftOut } = judge(table, { filter, sort: 'unitCost', page: '600' }, false)
  expect(isSound).toBe(false)
  expect(sound.filter).toEqual({ where: { createdAt: { atLeast: 'rub' } } })
  expect(sound.page).toBe('600')
  expect(leftOut).toEqual({
    filter: { where: { unitCost: { atLeast: '5' } } },
    sort: 'unitCost',
  })
  const words = { locale: 'en', translate: (key: string) => key }
  expect(wrongFilters(table, leftOut.filter, words)).toEqual([
    {
      name: 'resources.products.fields.unitCost, operators.atLeast',
      value: '5',
      why: 'address.filterOfOthers',
    },
  ])
})

test('what a form of filters leaves when it is emptied is no fault', () => {
  const filter = { search: '', where: { name: '', createdAt: { atLeast: '' }, unitPrice: null } }
  expect(opened({ filter }).isSound).toBe(true)
})

test('wrong filters are left out one by one, and the others stay', () => {
  const { isSound, sound, leftOut } = opened({
    filter: {
      search: 'tea',
      nosuch: 'x',
      where: {
        name: { contains: { a: 1 }, startsWith: 'S', nosuch: 1 },
        createdAt: { atLeast: 'rubbish' },
        categoryId: { within: '7' },
        tracking: { oneOf: ['neither'] },
        unheard: { equals: 1 },
        unitPrice: 5,
      },
    },
  })
  expect(isSound).toBe(false)
  expect(sound.filter).toEqual({ search: 'tea', where: { name: { startsWith: 'S' } } })
  const told = (locale: string) =>
    wrongFilters(products, leftOut.filter, { locale, translate: (key) => key }).map(
      ({ name, value, why }) => `${name} ${value}: ${why}`,
    )
  expect(told('en')).toEqual([
    'nosuch x: address.noSuchFilter',
    'resources.products.fields.name, operators.contains {"a":1}: address.noSuchValue',
    'name.nosuch 1: address.noSuchFilter',
    'resources.products.fields.createdAt, operators.time.atLeast rubbish: a day and a time are needed, like 2026-01-31T14:00',
    'resources.products.fields.categoryId, operators.within 7: a row is needed, by its number',
    'resources.products.fields.tracking, operators.oneOf ["neither"]: this is none of the choices',
    'unheard.equals 1: address.noSuchFilter',
    'unitPrice 5: address.noSuchFilter',
  ])
  expect(told('ru')[3]).toContain('нужны день и время, например 2026-01-31T14:00')
})

test('names that every object has are filters as little as any other', () => {
  for (const name of ['toString', 'constructor', 'hasOwnProperty']) {
    const filter = { [name]: 'x', where: { [name]: { equals: 1 }, sku: { [name]: 1 } } }
    expect(opened({ filter })).toEqual({
      isSound: false,
      sound: { filter: {}, displayedFilters: {} },
      leftOut: { filter },
    })
  }
})

test.each([
  ['filter', '{broken'],
  ['filter', '5'],
  ['filter', '[1]'],
  ['filter', 'null'],
  ['filter', '"text"'],
])('filters that cannot be read are left out as a whole: %s=%s', (name, value) => {
  const { sound, leftOut } = judge(
    products,
    askedIn(`?${name}=${encodeURIComponent(value)}&page=2`),
    true,
  )
  expect(Object.keys(leftOut)).toEqual(['filter'])
  expect(sound).toEqual({ filter: {}, displayedFilters: {}, page: '2' })
})

test.each([
  { sort: 'nosuch', order: 'ASC' },
  { sort: 'name', order: 'SIDEWAYS' },
  { page: '-3' },
  { page: '0' },
  { page: '1.5' },
  { page: 'next' },
  { page: '9999999999999999999999' },
  { perPage: '7777' },
  { perPage: '-25' },
])('what no list can do is left out: %o', (asked) => {
  expect(opened(asked)).toEqual({
    isSound: false,
    sound: { filter: {}, displayedFilters: {} },
    leftOut: asked,
  })
})

test('an address leads ten thousand rows far, and no further', () => {
  expect(opened({ page: '400', perPage: '25' }).isSound).toBe(true)
  expect(opened({ page: '401', perPage: '25' }).leftOut).toEqual({ page: '401' })
  expect(opened({ page: '50', perPage: '200' }).isSound).toBe(true)
  expect(opened({ page: '51', perPage: '200' }).leftOut).toEqual({ page: '51' })
})

test('a parameter that is there twice says nothing, and filters to show are forgotten quietly', () => {
  expect(judge(products, askedIn('?page=1&page=2'), true).leftOut).toEqual({ page: ['1', '2'] })
  expect(judge(products, askedIn('?displayedFilters=5'), true)).toEqual({
    isSound: false,
    sound: { filter: {}, displayedFilters: {} },
    leftOut: {},
  })
})

test('what each list is opened with by itself is sound', () => {
  for (const table of resources) {
    const { field: sort, order } = table.order
    const asked = { filter: {}, displayedFilters: {}, sort, order, page: '1', perPage: '25' }
    expect([table.name, opened(asked, table).isSound]).toEqual([table.name, true])
  }
})

test('the moment of a list that is told by another procedure is judged by that one', () => {
  const levels = resourceOf('levels')
  expect(opened({ filter: { at: '2026-01-31T14:00' } }, levels).isSound).toBe(true)
  expect(opened({ filter: { at: 'rubbish' } }, levels).leftOut).toEqual({
    filter: { at: 'rubbish' },
  })
})
