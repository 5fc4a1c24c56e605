import { expect, test } from 'vitest'
import { conditionsOf, whereFrom } from '../../src/contract/conditions.ts'

const conditions = conditionsOf('products.list')

test('what the filters hold is sent as the list takes it', () => {
  const where = whereFrom(conditions, {
    name: { contains: ' tea ' },
    unitPrice: { atLeast: '2.5' },
    reorderPoint: { isNull: false },
    createdAt: { lessThan: '2026-03-29T01:30:00.000Z' },
    tracking: { oneOf: ['lot'] },
    baseUnit: { oneOf: ['box', 'gram'] },
  })
  expect(where).toEqual({
    name: { contains: 'tea' },
    unitPrice: { atLeast: '2.5' },
    reorderPoint: { isNull: false },
    createdAt: { lessThan: new Date('2026-03-29T01:30:00Z') },
    tracking: { oneOf: ['lot'] },
    baseUnit: { oneOf: ['box', 'gram'] },
  })
})

test('what was left empty, or is unknown, narrows nothing', () => {
  const empty = {
    name: { contains: '' },
    tracking: { oneOf: [] },
    baseUnit: { oneOf: [] },
    sku: '',
    onHand: { equals: 1 },
  }
  expect(whereFrom(conditions, empty)).toBeUndefined()
  expect(whereFrom(conditions, {})).toBeUndefined()
})
