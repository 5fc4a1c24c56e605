import { useGetMany } from 'react-admin'
import { resourceOf } from '../resources/index.ts'

/** What rows of a table are called, in the order of their ids. Empty until it is known. */
export function useRowNames(resource: string, ids: readonly string[]): string[] {
  const title = resourceOf(resource).title ?? 'id'
  const { data = [] } = useGetMany(resource, { ids: [...ids] }, { enabled: ids.length > 0 })
  return data.map((row: Record<string, unknown> | undefined) => String(row?.[title] ?? ''))
}
