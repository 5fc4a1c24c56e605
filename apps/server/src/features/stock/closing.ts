import type { contract, ParsedInput } from '@stockbook/client/contract'
import { bookClosings, type Connection, type Db, inTransaction, users } from '@stockbook/db'
import { desc, eq, getColumns, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'

const selectClosings = (db: Connection) =>
  db
    .select({ ...getColumns(bookClosings), closedByName: users.displayName })
    .from(bookClosings)
    .innerJoin(users, eq(users.id, bookClosings.closedBy))

/** The closing in force: the last one. Null: the book was never closed. */
export async function currentClosing(db: Connection) {
  const [row] = await selectClosings(db).orderBy(desc(bookClosings.id)).limit(1)
  return row ?? null
}

/**
 * Closes the book for all that happened before a moment; an earlier moment than before opens it
 * again. Waits for what is being posted, and what is posted later is judged by it.
 * @throws StockError INVALID_INPUT when the moment is still to come
 */
export function closeBook(
  db: Db,
  actor: Actor,
  { closedBefore, reason }: ParsedInput<typeof contract.stock.close>,
) {
  return inTransaction(db, async (tx) => {
    // Its trigger takes the lock first, so the clock is read when nothing is being posted.
    const [made] = await tx
      .insert(bookClosings)
      .values({ closedBefore, reason, closedBy: actor.id, recordedAt: sql`clock_timestamp()` })
      .returning({ id: bookClosings.id, recordedAt: bookClosings.recordedAt })
    if (closedBefore > made!.recordedAt) {
      throw new StockError('INVALID_INPUT', {
        issues: [
          {
            path: ['closedBefore'],
            message: `is still to come: it is ${made!.recordedAt.toISOString()} now`,
          },
        ],
      })
    }
    const [after] = await selectClosings(tx).where(eq(bookClosings.id, made!.id))
    await recordChange(tx, actor, {
      entity: 'closing',
      entityId: String(made!.id),
      before: null,
      after: after!,
    })
    return after!
  })
}
