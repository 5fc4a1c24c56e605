import type { categories, Connection, locations } from '@stockbook/db'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

export type Tree = typeof categories | typeof locations

/** The root and all below it, each found by the index on its parent. */
const below = (tree: Tree, roots: readonly string[]): SQL => sql`
  with recursive below as (
    select id from ${tree} where id = any(${sql.param(roots)}::uuid[])
    union
    select child.id from below
      cross join lateral (select id from ${tree} where parent_id = below.id offset 0) as child
  )`

/** Whether the column names a root or something below one. */
export function isWithin(column: SQLWrapper, tree: Tree, roots: string | readonly string[]): SQL {
  return sql`${column} in (${below(tree, [roots].flat())} select id from below)`
}

/** So many places of a tree are named for an index to look up each. */
const lookedUpAtMost = 1000

/**
 * The same for a list, in a form that lets PostgreSQL choose well between the index on the column
 * and the order of the list: it looks up which places there are before it asks for rows of them.
 */
export async function withinTree(
  db: Connection,
  tree: Tree,
  roots: string | readonly string[],
): Promise<(column: SQLWrapper) => SQL> {
  const { rows } = await db.execute<{ id: string }>(
    sql`${below(tree, [roots].flat())} select id from below`,
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length === 1) return (column) => sql`${column} = ${ids[0]}::uuid`
  const isNamed = (column: SQLWrapper) => sql`${column} = any(${sql.param(ids)}::uuid[])`
  if (ids.length <= lookedUpAtMost) return isNamed
  // A good part of everything: the list is walked in its order. `is true` keeps the places from being
  // looked up in an index or joined: each row that is met is sought among them, hashed once.
  return (column) => sql`(${isNamed(column)}) is true`
}
