import { useStore } from 'react-admin'
import type { Field } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'
import { columnFields, hiddenColumns } from './columns.tsx'

/**
 * The columns of a list as the person has them. They are kept in the browser, where and as
 * react-admin's table reads them.
 */
export function useColumns(resource: Resource) {
  const { columnsKey: key } = resource
  const [hidden, setHidden] = useStore<string[]>(key, hiddenColumns(resource))
  const [ranks, setRanks] = useStore<number[] | undefined>(`${key}_columnRanks`)
  const all = columnFields(resource)
  const columns = inOrder(all, ranks ?? [])
  return {
    /** All of them, in the order into which the person has put them. */
    columns,
    isShown: ({ name }: Field) => !hidden.includes(name),
    show({ name }: Field, isShown: boolean) {
      const others = hidden.filter((other) => other !== name)
      setHidden(isShown ? others : [...others, name])
    },
    /** Puts a column where another one stands; those between make room. */
    move(column: Field, to: number) {
      const moved = columns.filter((other) => other !== column).toSpliced(to, 0, column)
      setRanks(moved.map((field) => all.indexOf(field)))
    },
    reset() {
      setHidden(hiddenColumns(resource))
      setRanks(undefined)
    },
  }
}

/** @param ranks at each place the number of the column that stands there */
function inOrder(fields: readonly Field[], ranks: readonly number[]): Field[] {
  const ordered = [...fields]
  fields.forEach((field, index) => {
    const rank = ranks.indexOf(index)
    ordered[rank === -1 ? index : rank] = field
  })
  return ordered
}
