import { expect, test } from 'vitest'
import { compareSaves } from '../../src/conflict/differences.ts'
import { fieldsOf } from '../../src/contract/fields.ts'
import { procedure } from '../../src/contract/procedures.ts'

const fields = fieldsOf(procedure('products.update').input, 'input').filter(({ name }) =>
  ['name', 'description', 'reorderPoint', 'packagings'].includes(name),
)
const base = {
  name: 'Oats',
  description: null,
  reorderPoint: 5,
  packagings: [{ id: 'a', name: 'case', factor: 12, archivedAt: null }],
}

test('each one who changed another field keeps the change, and nothing need be chosen', () => {
  const { merged, differences } = compareSaves(fields, {
    base,
    mine: { ...base, name: 'Fine oats' },
    theirs: { ...base, reorderPoint: 7 },
  })
  expect(differences).toEqual([])
  expect(merged).toMatchObject({ name: 'Fine oats', reorderPoint: 7, description: null })
})

test('a field that both changed has to be chosen', () => {
  const { differences } = compareSaves(fields, {
    base,
    mine: { ...base, name: 'Fine oats' },
    theirs: { ...base, name: 'Rough oats' },
  })
  expect(differences).toMatchObject([
    { field: { name: 'name' }, mine: 'Fine oats', theirs: 'Rough oats' },
  ])
})

test('two who wrote the same have nothing to choose', () => {
  const same = { ...base, name: 'Fine oats' }
  expect(compareSaves(fields, { base, mine: same, theirs: same }).differences).toEqual([])
})

test('what one emptied and the other one filled has to be chosen', () => {
  const { differences } = compareSaves(fields, {
    base,
    mine: { ...base, reorderPoint: '' },
    theirs: { ...base, reorderPoint: 9 },
  })
  expect(differences).toMatchObject([{ field: { name: 'reorderPoint' }, mine: null, theirs: 9 }])
})

test('rows inside are one value: two who added different ones choose', () => {
  const mine = [...base.packagings, { name: 'pallet', factor: 480 }]
  const theirs = [...base.packagings, { id: 'b', name: 'box', factor: 6, archivedAt: null }]
  const { differences } = compareSaves(fields, {
    base,
    mine: { ...base, packagings: mine },
    theirs: { ...base, packagings: theirs },
  })
  expect(differences.map(({ field }) => field.name)).toEqual(['packagings'])
})
