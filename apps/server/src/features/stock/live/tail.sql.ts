import { type Db, stockMovements } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/**
 * Who is writing into the book at this moment. Whoever has taken a position out of the sequence holds
 * this lock on it until the end of the transaction, whenever the row itself is written.
 */
const writers = sql`array(
  select virtualtransaction from pg_locks
  where relation = pg_get_serial_sequence('stock_movements', 'id')::regclass
    and mode = 'RowExclusiveLock' and granted
    and database = (select oid from pg_database where datname = current_database()))`

/**
 * The last position that can be seen, how many movements can be seen after an earlier one, and who
 * may still be about to add some before it. The locks are read as they are now, after the snapshot
 * of the rows: a transaction that is missing from both has ended, and can be seen from now on.
 */
export async function readTail(db: Db, after: number) {
  const { rows } = await db.execute<{ latest: string; seen: string; writers: string[] }>(sql`
    select (select coalesce(max(id), 0) from ${stockMovements}) as latest,
      (select count(*) from ${stockMovements} where id > ${after}::bigint) as seen,
      ${writers} as writers`)
  const { latest, seen, writers: now } = rows[0]!
  return { latest: Number(latest), seen: Number(seen), writers: new Set(now) }
}

/** Who is writing into the book at this moment. */
export async function currentWriters(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<{ writers: string[] }>(sql`select ${writers} as writers`)
  return new Set(rows[0]!.writers)
}

/** The last position of all that can be seen. */
export async function lastPosition(db: Db): Promise<number> {
  const { rows } = await db.execute<{ latest: string }>(
    sql`select coalesce(max(id), 0) as latest from ${stockMovements}`,
  )
  return Number(rows[0]!.latest)
}
