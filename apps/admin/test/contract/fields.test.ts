import { expect, test } from 'vitest'
import { fieldsOf } from '../../src/contract/fields.ts'
import { procedure, type ProcedureName } from '../../src/contract/procedures.ts'

function kindsOf(name: ProcedureName): Record<string, string> {
  const fields = fieldsOf(procedure(name).input, 'input')
  return Object.fromEntries(fields.map(({ name: field, kind }) => [field, kind]))
}

test('each field is asked for as what it is', () => {
  expect(kindsOf('products.create')).toMatchObject({
    sku: 'text',
    description: 'longText',
    categoryId: 'id',
    tracking: 'choice',
    reorderPoint: 'integer',
    unitPrice: 'decimal',
    packagings: 'rows',
  })
  expect(kindsOf('lots.create')).toMatchObject({ expiresOn: 'day' })
  expect(kindsOf('users.create')).toMatchObject({
    password: 'password',
    mustChangePassword: 'boolean',
  })
  expect(kindsOf('partners.create')).toMatchObject({ email: 'email' })
  expect(kindsOf('movements.list')).toMatchObject({ occurredFrom: 'moment' })
  expect(kindsOf('products.list')).toMatchObject({ archived: 'archived' })
  expect(kindsOf('movements.list')).toMatchObject({ types: 'choices' })
})

test('what has a default, or may be null, is not demanded; what has neither is', () => {
  const fields = fieldsOf(procedure('products.create').input, 'input')
  expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'sku',
    'name',
    'baseUnit',
  ])
  expect(fields.find(({ name }) => name === 'tracking')).toMatchObject({ default: 'none' })
  expect(fields.find(({ name }) => name === 'unitPrice')).toMatchObject({ nullable: true })
})

test('rows inside say what each of them is made of, and its bounds', () => {
  const fields = fieldsOf(procedure('products.create').input, 'input')
  const packagings = fields.find(({ name }) => name === 'packagings')
  expect(packagings?.fields).toMatchObject([
    { name: 'name', kind: 'text', required: true },
    { name: 'factor', kind: 'integer', required: true, minimum: 2, maximum: 1_000_000_000 },
  ])
})
