import { StockError } from '../errors.ts'
import {
  and,
  asc,
  type Column,
  desc,
  getColumnTable,
  getTableName,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { z } from 'zod'

/** The years that both PostgreSQL and the contract know: 1 to 9999. */
const yearKnown = /^(?!0000)\d{4}-/

/** How a value of each kind is told from nonsense when it comes back inside a cursor. */
const readers = {
  text: z.string().regex(/^[^\0]*$/),
  uuid: z.uuid(),
  bigint: z.int(),
  timestamptz: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text).toISOString())
    .pipe(z.string().regex(yearKnown)),
  date: z.union([z.iso.date().regex(yearKnown), z.literal('infinity')]),
} as const

/** What a list is ordered by. Must never be null. */
export type SortKey = {
  by: SQLWrapper
  type: keyof typeof readers
  /**
   * It is of another table than the id, which no index spans: the condition on it stands by itself,
   * so that its own index knows where to begin. Default `false`.
   */
  isJoined?: boolean
}

export type ListInput<Sort extends string> = {
  limit: number
  cursor?: string | undefined
  sort: Sort
  direction: 'ascending' | 'descending'
}

/**
 * One page of a list by keyset: it starts after the last row of the page before, wherever that is
 * now, so that rows which come and go meanwhile shift nothing, and the thousandth page costs what
 * the first does. `id` makes the order total, and its table tells the cursors of lists apart.
 * @throws StockError INVALID_CURSOR when the cursor was not made by this list in this order.
 */
export function keyset<Sort extends string>(
  { limit, cursor, sort, direction }: ListInput<Sort>,
  sorts: Record<Sort, SortKey>,
  id: SortKey & { by: Column },
) {
  const list = getTableName(getColumnTable(id.by))
  const key = sorts[sort]
  const order = direction === 'ascending' ? asc : desc
  const compare = direction === 'ascending' ? sql`>` : sql`<`
  const after = cursor === undefined ? null : readCursor(cursor)

  function readCursor(text: string) {
    try {
      const schema = z.tuple([
        z.literal(list),
        z.literal(sort),
        z.literal(direction),
        readers[key.type],
        readers[id.type],
      ])
      return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    } catch (cause) {
      throw new StockError('INVALID_CURSOR', {}, { cause })
    }
  }

  function isAfter(lastKey: unknown, lastId: unknown): SQL {
    const keyValue = sql`${lastKey}::${sql.raw(key.type)}`
    const idValue = sql`${lastId}::${sql.raw(id.type)}`
    if (!key.isJoined) {
      return sql`(${key.by}, ${id.by}) ${compare} (${keyValue}, ${idValue})`
    }
    // PostgreSQL takes a comparison of rows for a third of them, and so plans each page anew, which
    // takes longer than to read it. It knows that next to nothing is left out by this.
    return sql`${key.by} ${compare}= ${keyValue}
      and not (${key.by} = ${keyValue} and not ${id.by} ${compare} ${idValue})`
  }

  return {
    /** What the last row of the page before is ordered by. `null`: this is the first page. */
    cursorKey: after && String(after[3]),
    /** The condition that leaves out what came before. */
    where: (...conditions: (SQL | undefined)[]): SQL | undefined =>
      and(...conditions, after ? isAfter(after[3], after[4]) : undefined),
    orderBy: [order(key.by), order(id.by)] as const,
    /**
     * One more than asked for: tells whether another page follows. Not a parameter, as Drizzle would
     * make of a number: a plan for any size is one for a tenth of the table.
     */
    limit: sql.raw(String(limit + 1)) as unknown as number,
    /** Must be selected with every row, as `position`. */
    position: sql<[unknown, unknown]>`jsonb_build_array(${key.by}, ${id.by})`,
    page<Row extends { position: [unknown, unknown] }, Item>(
      rows: Row[],
      toItem: (row: Row) => Item,
    ): { items: Item[]; nextCursor: string | null } {
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map(toItem),
        nextCursor: last
          ? Buffer.from(JSON.stringify([list, sort, direction, ...last.position])).toString(
              'base64url',
            )
          : null,
      }
    },
  }
}
