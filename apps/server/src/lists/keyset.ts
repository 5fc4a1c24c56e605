import { StockError } from '../errors.ts'
import { and, asc, desc, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'

/** PostgreSQL knows no year 0. */
const hasYear = /^(?!0000)/

/** How a value of each kind is told from nonsense when it comes back inside a cursor. */
const readers = {
  text: z.string().regex(/^[^\0]*$/),
  uuid: z.uuid(),
  bigint: z.int(),
  timestamptz: z.iso.datetime({ offset: true }).regex(hasYear),
  date: z.union([z.iso.date().regex(hasYear), z.literal('infinity')]),
} as const

/** What a list is ordered by. Must never be null. */
export type SortKey = { by: SQLWrapper; type: keyof typeof readers }

export type ListInput<Sort extends string> = {
  limit: number
  cursor?: string | undefined
  sort: Sort
  direction: 'ascending' | 'descending'
}

/**
 * One page of a list by keyset: it starts after the last row of the page before, wherever that is
 * now, so that rows which come and go meanwhile shift nothing, and the thousandth page costs what
 * the first does. `id` makes the order total.
 * @throws StockError INVALID_CURSOR when the cursor was not made by this list in this order.
 */
export function keyset<Sort extends string>(
  { limit, cursor, sort, direction }: ListInput<Sort>,
  sorts: Record<Sort, SortKey>,
  id: SortKey,
) {
  const key = sorts[sort]
  const order = direction === 'ascending' ? asc : desc
  const compare = direction === 'ascending' ? sql`>` : sql`<`
  const after = cursor === undefined ? null : readCursor(cursor)

  function readCursor(text: string) {
    try {
      const schema = z.tuple([
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

  return {
    /** The condition that leaves out what came before. */
    where: (...conditions: (SQL | undefined)[]): SQL | undefined =>
      and(
        ...conditions,
        after
          ? sql`(${key.by}, ${id.by}) ${compare} (${after[2]}::${sql.raw(key.type)}, ${after[3]}::${sql.raw(id.type)})`
          : undefined,
      ),
    orderBy: [order(key.by), order(id.by)] as const,
    /** One more than asked for: tells whether another page follows. */
    limit: limit + 1,
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
          ? Buffer.from(JSON.stringify([sort, direction, ...last.position])).toString('base64url')
          : null,
      }
    },
  }
}
