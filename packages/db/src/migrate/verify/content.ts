import type { Queryable } from '../run/journal.ts'

/** Rows and a sum over all of them, by table (`public.products`). Two equal ones hold the same rows. */
export type Content = Map<string, { rows: number; sum: string }>

/** Reads every row of every table that is not the runner's own. */
export async function contentOf(client: Queryable): Promise<Content> {
  const content: Content = new Map()
  for (const { table } of await tablesOf(client)) {
    // As text with the columns in order of name: a column that came back stands last, and is the same.
    const { rows } = await client.query(`
      select count(*)::int as rows, coalesce(md5(string_agg(line, E'\\n' order by line)), '') as sum
      from (
        select (select string_agg(key || '=' || coalesce(value, ''), ',' order by key)
                from jsonb_each_text(to_jsonb(t))) as line
        from ${table} t
      ) as lines`)
    content.set(table, rows[0])
  }
  return content
}

async function tablesOf(client: Queryable): Promise<{ table: string }[]> {
  const { rows } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'migrations')
    order by 1`)
  return rows
}

/** The tables whose rows are not the same in both. */
export function changedTables(before: Content, after: Content): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (table) => before.get(table)?.sum !== after.get(table)?.sum,
  )
}
