import { expect, test } from 'vitest'
import { changesIn } from '../../src/history/changes.ts'

test('only what is different is told, without what changes with every entry', () => {
  const before = { id: 'a', name: 'Oats', reorderPoint: 5, version: 1, updatedAt: 'then' }
  const after = { id: 'a', name: 'Fine oats', reorderPoint: 5, version: 2, updatedAt: 'now' }
  expect(changesIn(before, after)).toEqual([{ name: 'name', before: 'Oats', after: 'Fine oats' }])
})

test('a new row tells all that it was given, and what was left empty is no change', () => {
  expect(changesIn(null, { name: 'Oats', description: null })).toEqual([
    { name: 'name', before: undefined, after: 'Oats' },
  ])
})

test('a zero, a no and an empty text are values', () => {
  const changes = changesIn({ a: 0, b: false, c: '' }, { a: null, b: null, c: null })
  expect(changes.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
})
