import type { Connection } from '@stockbook/db'
import { type Column, getColumnTable, sql } from 'drizzle-orm'
import { anywhere } from './filters.ts'

/** So many values are looked at: a field that has more of them is none to choose from. */
const lookedAt = 1000

/**
 * The values of a column, each once. From each value the index leads to the next greater one, so it
 * costs as much as there are values, whatever the number of rows.
 * @param column the first of an index
 */
export async function listValues(
  db: Connection,
  column: Column,
  { contains, limit }: { contains?: string | undefined; limit: number },
): Promise<{ values: string[]; isComplete: boolean }> {
  const table = getColumnTable(column)
  const isWanted = contains === undefined ? sql`true` : sql`value ilike ${anywhere(contains)}`
  const { rows } = await db.execute<{ values: string[]; looked: number }>(sql`
    with recursive found (value, number) as (
      (select ${column}, 1 from ${table} where ${column} is not null order by ${column} limit 1)
      union all
      select next.value, found.number + 1 from found
        cross join lateral (
          select ${column} as value from ${table} where ${column} > found.value
          order by ${column} limit 1
        ) as next
        where found.number < ${lookedAt}
    )
    select coalesce(array_agg(value order by number) filter (where ${isWanted}), '{}') as values,
      count(*)::int as looked
    from found`)
  const { values, looked } = rows[0]!
  return {
    values: values.slice(0, limit),
    isComplete: values.length <= limit && looked < lookedAt,
  }
}
