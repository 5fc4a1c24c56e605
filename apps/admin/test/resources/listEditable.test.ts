import { expect, test } from 'vitest'
import { columnFields } from '../../src/pages/columns.tsx'
import { resources } from '../../src/resources/index.ts'

const editable = resources.filter(({ listEditable }) => listEditable)

test('rows of master data alone are changed in their lists: never stock, movements, checks or the log', () => {
  expect(editable.map(({ name }) => name).toSorted()).toEqual([
    'categories',
    'locations',
    'partners',
    'products',
  ])
})

test.each(editable)(
  'each field of $name that is changed in the list is a column of it, and of its update',
  (resource) => {
    const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name)
    expect(names(resource.updateFields)).toEqual(
      expect.arrayContaining([...resource.listEditable!]),
    )
    expect(names(columnFields(resource))).toEqual(
      expect.arrayContaining([...resource.listEditable!]),
    )
    // The button stands beside the checkbox, which is there for what is done with several rows.
    expect(resource.actions?.some(({ isBulk = true }) => isBulk)).toBe(true)
  },
)
