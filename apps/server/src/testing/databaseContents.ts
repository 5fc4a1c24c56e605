import type { Db } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** A digest of all rows of every table: the same before and after exactly when nothing was written. */
export async function databaseContents(db: Db): Promise<Record<string, string>> {
  const { rows: tables } = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables
    where table_schema = 'public' order by table_name`)
  const digests: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await db.execute<{ digest: string }>(sql`
      select count(*) || ' rows ' || md5(coalesce(string_agg(line::text, ' ' order by line::text), ''))
        as digest
      from ${sql.identifier(name)} line`)
    digests[name] = rows[0]?.digest ?? ''
  }
  return digests
}
