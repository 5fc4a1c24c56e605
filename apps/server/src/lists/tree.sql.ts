import type { categories, locations } from '@stockbook/db'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** Whether the column names the root or something below it. */
export function isWithin(
  column: SQLWrapper,
  tree: typeof categories | typeof locations,
  rootId: string,
): SQL {
  return sql`${column} in (
    with recursive below as (
      select id from ${tree} where id = ${rootId}
      union all
      select child.id from ${tree} child join below on child.parent_id = below.id
    )
    select id from below
  )`
}
