import type { Connection } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { StockError } from '../../errors.ts'
import type { ListInput } from '../../lists/keyset.ts'

/** How the value that a report is ordered by is told from nonsense when it comes back in a cursor. */
const readers = {
  text: z.string().regex(/^[^\0]*$/),
  numeric: z.string().regex(/^-?\d{1,60}(\.\d{1,30})?$/),
} as const

export type Report = {
  name: string
  /** A statement whose rows have `id` and `sortKey` besides what the report tells. */
  rows: SQL
  keyType: keyof typeof readers
}

/**
 * One page of a report. Its rows are computed anew for each page, and the page begins after the last
 * row of the one before.
 * @throws StockError INVALID_CURSOR
 */
export async function reportPage<Row extends Record<string, unknown>>(
  db: Connection,
  { name, rows, keyType }: Report,
  { limit, cursor, sort, direction }: ListInput<string>,
): Promise<{ items: Row[]; nextCursor: string | null }> {
  const order = sql.raw(direction === 'ascending' ? 'asc' : 'desc')
  const compare = sql.raw(direction === 'ascending' ? '>' : '<')
  const type = sql.raw(keyType)
  const after = cursor === undefined ? null : readCursor(cursor)

  function readCursor(text: string) {
    try {
      return z
        .tuple([
          z.literal(name),
          z.literal(sort),
          z.literal(direction),
          readers[keyType],
          readers.text,
        ])
        .parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    } catch (cause) {
      throw new StockError('INVALID_CURSOR', {}, { cause })
    }
  }

  type Found = Row & { id: string; keyText: string }
  const { rows: found } = (await db.execute(sql`
    select *, "sortKey"::text as "keyText" from (${rows}) as report
    where ${after ? sql`("sortKey", id collate "C") ${compare} (${after[3]}::${type}, ${after[4]})` : sql`true`}
    order by "sortKey" ${order}, id collate "C" ${order}
    limit ${limit + 1}`)) as unknown as { rows: Found[] }
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  const position = last && [name, sort, direction, last.keyText, last.id]
  return {
    items,
    nextCursor: position ? Buffer.from(JSON.stringify(position)).toString('base64url') : null,
  }
}
