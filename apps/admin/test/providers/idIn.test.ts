import { expect, test } from 'vitest'
import { idIn } from '../../src/providers/idIn.ts'
import { movements } from '../../src/resources/movements.ts'
import { products } from '../../src/resources/products.ts'

test('the id of a row that is a number is read from the address of its page', () => {
  expect(idIn(movements, '1000')).toBe(1000)
  expect(idIn(movements, 1000)).toBe(1000)
})

test.each([
  '1e3',
  '01000',
  '1000.0',
  '+1000',
  ' 1000',
  '0x3e8',
  '1_000',
  '',
  '9007199254740993',
  '1e+21',
])('what is written as no number is written, like “%s”, is the id of no row', (id) => {
  expect(idIn(movements, id)).toBe(id)
})

test('an id that is text stays text, digits or not', () => {
  expect(idIn(products, '1000')).toBe('1000')
})
