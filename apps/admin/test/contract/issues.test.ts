import { expect, test } from 'vitest'
import { issuesIn } from '../../src/contract/issues.ts'

const input = {
  sku: '',
  name: 'x'.repeat(301),
  baseUnit: 'piece',
  reorderPoint: -1,
  minimumStock: 1.5,
  unitPrice: '1.234.5',
}
const told = Object.fromEntries(Object.keys(input).map((field) => [field, ['as the server said']]))

test('what is wrong with a field is said in words of people, in English', async () => {
  expect(await issuesIn({ procedure: 'products.create', input }, told, 'en')).toEqual({
    sku: 'must not be empty',
    name: 'at most 300 characters',
    baseUnit: 'as the server said',
    reorderPoint: 'at least 0',
    minimumStock: 'a whole number is needed',
    unitPrice: 'write a decimal number with at most four places, like "12.50"',
  })
})

test('and in Russian', async () => {
  expect(await issuesIn({ procedure: 'products.create', input }, told, 'ru')).toEqual({
    sku: 'не может быть пустым',
    name: 'не длиннее 300 знаков',
    baseUnit: 'as the server said',
    reorderPoint: 'не меньше 0',
    minimumStock: 'нужно целое число',
    unitPrice: 'нужно десятичное число, не больше четырёх знаков после запятой, например 12,50',
  })
})

test('a rule over two fields that only the server can judge is told at its field', async () => {
  const change = { id: '01a224fe-02c5-74b2-8fe1-6d96e2c148fa', maximumStock: 1 }
  const server = { maximumStock: ['must not be less than the minimum stock'] }
  expect(await issuesIn({ procedure: 'products.update', input: change }, server, 'ru')).toEqual({
    maximumStock: 'не меньше минимального запаса',
  })
})
