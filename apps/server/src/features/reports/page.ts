import type { Connection, Tx } from '@stockbook/db'
import { and, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import type { ListInput } from '../../lists/keyset.ts'
import { conditionsOf, type Operands } from '../../lists/where.ts'

/** How the value that a report is ordered by is told from nonsense when it comes back in a cursor. */
const readers = {
  text: z.string().regex(/^[^\0]*$/),
  numeric: z.string().regex(/^-?\d{1,60}(\.\d{1,30})?$/),
} as const

/** What a report can be narrowed by besides its own filters. */
type Where = Readonly<Record<string, object | undefined>>

/** What a report takes besides its input: who reads it. */
export type Reader = Pick<Actor, 'warehouseIds'>

export type Report<Row, Item = Row> = {
  name: string
  /** A statement whose rows have `id` and `sortKey` besides what the report tells. */
  rows: SQL
  keyType: keyof typeof readers
  /** Of its rows, what can be narrowed by: columns of `report`. Default: nothing. */
  operands?: Operands<Where>
  /** What is told of rows that were found. */
  tell(db: Connection, rows: Row[]): Item[] | Promise<Item[]>
}

/** For a report that tells its rows as they were found. */
export const asFound = <Row>(_db: Connection, rows: Row[]): Row[] => rows

/** So many rows of a whole report are read at once. */
const rowsAtOnce = 1_000

/**
 * One page of a report. Its rows are computed anew for each page, and the page begins after the last
 * row of the one before.
 * @throws StockError INVALID_CURSOR
 */
export async function reportPage<
  Row,
  Item,
  Input extends ListInput<string> & { where?: Where | undefined },
>(
  db: Connection,
  { warehouseIds }: Reader,
  reportOf: (input: Input & Reader) => Report<Row, Item>,
  input: Input,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const { limit, cursor, sort, direction, where } = input
  const { name, rows, operands = {}, keyType, tell } = reportOf({ ...input, warehouseIds })
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
      and ${await narrowed(db, where, operands)}
    ${inOrder(direction)} limit ${limit + 1}`)) as unknown as { rows: Found[] }
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  const position = last && [name, sort, direction, last.keyText, last.id]
  return {
    items: await tell(db, shown),
    nextCursor: position ? Buffer.from(JSON.stringify(position)).toString('base64url') : null,
  }
}

/** A whole report in its order, some rows at a time. It is computed once. */
export async function* reportInParts<Row, Item>(
  tx: Tx,
  { rows, operands = {}, tell }: Report<Row, Item>,
  { direction, where }: Pick<ListInput<string>, 'direction'> & { where?: Where | undefined },
): AsyncGenerator<Item[]> {
  // All of it will be read: nothing is won by a plan that has its first rows sooner.
  await tx.execute(sql`set local cursor_tuple_fraction = 1`)
  await tx.execute(sql`
    declare report no scroll cursor for select * from (${rows}) as report
    where ${await narrowed(tx, where, operands)} ${inOrder(direction)}`)
  const next = sql.raw(`fetch ${rowsAtOnce} from report`)
  for (;;) {
    const { rows: found } = (await tx.execute(next)) as unknown as { rows: Row[] }
    if (found.length > 0) yield await tell(tx, found)
    if (found.length < rowsAtOnce) return
  }
}

async function narrowed(
  db: Connection,
  where: Where | undefined,
  operands: Operands<Where>,
): Promise<SQL> {
  return and(sql`true`, ...(await conditionsOf(db, where, operands)))!
}

function inOrder(direction: ListInput<string>['direction']): SQL {
  const order = sql.raw(direction === 'ascending' ? 'asc' : 'desc')
  return sql`order by "sortKey" ${order}, id collate "C" ${order}`
}
