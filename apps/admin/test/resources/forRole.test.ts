import { expect, test } from 'vitest'
import { restrictionsFor } from '../../src/contract/procedures.ts'
import { listCall } from '../../src/providers/dataProvider.ts'
import { forRole } from '../../src/resources/forRole.ts'
import { resourceOf, resources } from '../../src/resources/index.ts'

const restricted = resources.filter(({ list }) => restrictionsFor('operator', list))

test('an administrator has all of each table', () => {
  for (const resource of resources) expect(forRole(resource, 'admin')).toBe(resource)
})

test('an operator has all of each table of which nothing is kept', () => {
  const whole = resources.filter((resource) => forRole(resource, 'operator') === resource)
  expect(whole.length).toBeGreaterThan(10)
  expect(whole.filter((resource) => restricted.includes(resource))).toEqual([])
})

test.each(restricted)('an operator has a table $name without what the contract keeps', (table) => {
  const own = forRole(table, 'operator')
  const { hidden, choices } = restrictionsFor('operator', table.list)!
  const names = [
    ...own.columns,
    ...own.sorts,
    own.order.field,
    ...[own.fields, own.conditions, own.filters, own.createFields, own.updateFields].flatMap(
      (fields) => fields.map(({ name }) => name),
    ),
    ...own.filters.flatMap((filter) => filter.choices),
  ]
  expect(names.filter((name) => hidden.has(name))).toEqual([])
  // Nothing else went with it.
  expect(own.fields).toHaveLength(table.fields.filter(({ name }) => !hidden.has(name)).length)
  expect(own.sorts).toEqual(choices.get('sort') ?? table.sorts)
  // Columns are kept by their place in a row of all.
  expect(own.columnsKey).not.toBe(table.columnsKey)
  // Pages compare a table with the one that they had before.
  expect(forRole(table, 'operator')).toBe(own)
})

test('what somebody else has sorted and filtered by is not asked for', () => {
  const byCost = { where: { unitCost: { atLeast: '1' } } }
  const products = resourceOf('products')
  expect(listCall(products, byCost, {}).input).toMatchObject(byCost)
  expect(listCall(forRole(products, 'operator'), byCost, {}).input).not.toHaveProperty('where')
  const byValue = { sort: { field: 'value', order: 'DESC' } } as const
  const categories = forRole(resourceOf('stockByCategory'), 'operator')
  expect(listCall(categories, {}, byValue).input).toMatchObject({ sort: 'products' })
})
