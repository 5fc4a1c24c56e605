import type { categories, locations } from '@stockbook/db'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** Whether the column names a root or something below one. */
export function isWithin(
  column: SQLWrapper,
  tree: typeof categories | typeof locations,
  roots: string | readonly string[],
): SQL {
  return sql`${column} in (
    with recursive below as (
      select id from ${tree} where id = any(${sql.param([roots].flat())}::uuid[])
      union
      select child.id from ${tree} child join below on child.parent_id = below.id
    )
    select id from below
  )`
}
