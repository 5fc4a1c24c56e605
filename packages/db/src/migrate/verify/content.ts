import type { Queryable } from '../run/journal.ts'

/** Rows and a sum over all of them, by table (`public.products`). Two equal ones hold the same rows. */
export type Content = Map<string, { rows: number; sum: string }>

type Table = { table: string; columns: string[] }

/**
 * Reads every row of every table that is not the runner's own.
 * @param isLeftOut the columns that shall not count. Default: none.
 */
export async function contentOf(
  client: Queryable,
  isLeftOut: (table: string, column: string) => boolean = () => false,
): Promise<Content> {
  const content: Content = new Map()
  for (const { table, columns } of await tablesOf(client)) {
    const counted = columns
      .filter((column) => !isLeftOut(table, column))
      .map((column) => `t.${column}`)
      .join(', ')
    // A row as text tells NULL from nothing. A sum of numbers has no limit that a large table may meet.
    const { rows } = await client.query(`
      select count(*)::float8 as rows,
        coalesce(sum(hashtextextended(row(${counted})::text, 0)), 0)::text as sum
      from ${table} t`)
    content.set(table, rows[0])
  }
  return content
}

/** With the columns in order of name: a column that came back stands last, and is the same. */
async function tablesOf(client: Queryable): Promise<Table[]> {
  const { rows } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as table,
      array(select quote_ident(attname) from pg_attribute
            where attrelid = c.oid and attnum > 0 and not attisdropped order by attname) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'migrations')
    order by 1`)
  return rows
}

/** The tables whose rows are not the same in both. */
export function changedTables(before: Content, after: Content): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((table) => {
    const [had, has] = [before.get(table), after.get(table)]
    return had?.sum !== has?.sum || had?.rows !== has?.rows
  })
}
