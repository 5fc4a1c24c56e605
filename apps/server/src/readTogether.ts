import type { Db } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'

/**
 * Reads single rows for many who ask at once: what is asked for in one turn of the event loop is read by
 * one statement, which begins after the last of them has asked. All who ask for a row are given the same
 * object.
 * @param prepare the statement of a database: from keys to the rows of those that are there
 */
export function readTogether<Row>(
  prepare: (db: Db) => (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): (db: Db, key: string) => Promise<Row | undefined> {
  const readers = new WeakMap<Db, (key: string) => Promise<Row | undefined>>()
  return (db, key) => {
    let reader = readers.get(db)
    if (!reader) readers.set(db, (reader = readerOf(prepare(db), keyOf)))
    return reader(key)
  }
}

/**
 * `any` of the `keys` that a prepared statement is given. PostgreSQL does not look how many they are: it
 * would plan anew each time for so few, which takes several times as long as to read them.
 */
export const anyOfKeys = (type: 'uuid' | 'text'): SQL =>
  sql`any(array(select unnest(${sql.placeholder('keys')}::${sql.raw(type)}[])))`

function readerOf<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) {
  let next: { keys: Set<string>; rows: Promise<ReadonlyMap<string, Row>> } | undefined

  function begin() {
    const keys = new Set<string>()
    const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      next = undefined
      return new Map((await read([...keys])).map((row) => [keyOf(row), row]))
    })
    return { keys, rows }
  }

  return async (key: string) => {
    next ??= begin()
    next.keys.add(key)
    return (await next.rows).get(key)
  }
}
