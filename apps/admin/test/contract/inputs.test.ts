import { expect, test } from 'vitest'
import { fieldsOf } from '../../src/contract/fields.ts'
import { changesBetween, inputFrom } from '../../src/contract/inputs.ts'
import { procedure } from '../../src/contract/procedures.ts'

const create = fieldsOf(procedure('products.create').input, 'input')
const update = fieldsOf(procedure('products.update').input, 'input')
const movements = fieldsOf(procedure('movements.list').input, 'input')

test('what was left empty is null where it may be, and is not sent where it may not', () => {
  const input = inputFrom(create, { sku: '', description: '', reorderPoint: null, name: 'Tea' })
  expect(input).toEqual({ description: null, reorderPoint: null, name: 'Tea' })
})

test('nothing but spaces is null where it may be, and goes to the server to be refused where not', () => {
  const input = inputFrom(update, { name: '  ', description: '  ', unitPrice: ' ' })
  expect(input).toEqual({ name: '', description: null, unitPrice: null })
})

test('nothing is sent that the procedure does not take', () => {
  expect(inputFrom(create, { id: '1', version: 3, onHand: 7, name: 'Tea' })).toEqual({
    name: 'Tea',
  })
})

test('text loses the spaces around it, and a zero is a value', () => {
  expect(inputFrom(create, { name: '  Green tea ', unitPrice: ' 0 ', reorderPoint: 0 })).toEqual({
    name: 'Green tea',
    unitPrice: '0',
    reorderPoint: 0,
  })
})

test('a moment from an address is sent as a moment', () => {
  const occurredFrom = new Date('2026-03-29T01:30:00Z')
  const read = inputFrom(movements, { occurredFrom: occurredFrom.toISOString() })
  expect(read).toEqual({ occurredFrom })
})

test('rows inside that are out of use are not sent, nor what the server gave them', () => {
  const packagings = [
    { id: 'a', name: 'case', factor: 12, archivedAt: null },
    { id: 'b', name: 'old case', factor: 10, archivedAt: new Date() },
    { name: 'pallet', factor: 480 },
  ]
  expect(inputFrom(update, { packagings })).toEqual({
    packagings: [
      { name: 'case', factor: 12 },
      { name: 'pallet', factor: 480 },
    ],
  })
})

test('a change is sent alone, and none where the values only look different', () => {
  const before = {
    name: 'Tea',
    description: null,
    unitPrice: '2.5000',
    packagings: [{ id: 'a', name: 'case', factor: 12, archivedAt: null }],
  }
  const after = { ...before, name: 'Tea ', description: '', reorderPoint: 5 }
  expect(changesBetween(update, before, after)).toEqual({ reorderPoint: 5 })
  expect(changesBetween(update, before, { ...before, unitPrice: '2.5' })).toEqual({})
  expect(changesBetween(update, before, { ...before, unitPrice: '2.51' })).toEqual({
    unitPrice: '2.51',
  })
  const emptied = { ...before, unitPrice: '', packagings: [] }
  expect(changesBetween(update, before, emptied)).toEqual({ unitPrice: null, packagings: [] })
})
