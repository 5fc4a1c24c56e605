import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Connection, type Db, inTransaction, sessions, type Tx, users } from '@stockbook/db'
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Actor, Author } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { recordChange } from '../audit/record.ts'

/** A session that is not used for so long is over. */
const idleDays = 7

type EndReason = NonNullable<(typeof sessions.$inferSelect)['endReason']>

/** The condition that a session is neither ended nor run out. */
export const isOpenSession = and(
  isNull(sessions.endedAt),
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.lastUsedAt, sql`now() - ${`${idleDays} days`}::interval`),
)!

/** Ends the open sessions that the condition picks, and says which. */
export async function endSessions(
  db: Connection,
  endReason: EndReason,
  which: ReturnType<typeof eq>,
): Promise<{ id: string; userId: string }[]> {
  return db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason })
    .where(and(which, isOpenSession))
    .returning({ id: sessions.id, userId: sessions.userId })
}

/** Says in the audit log that a session was ended by somebody, or for a reason, to be looked into. */
export function recordEnd(
  tx: Tx,
  author: Author,
  { id, userId }: { id: string; userId: string },
  endReason: EndReason,
): Promise<void> {
  return recordChange(tx, author, {
    entity: 'session',
    entityId: id,
    before: { userId, endReason: null },
    after: { userId, endReason },
  })
}

/** Ends all sessions of a user, or all but one. */
export function endSessionsOf(
  db: Connection,
  userId: string,
  endReason: EndReason,
  except?: string | null,
) {
  const others = except ? ne(sessions.id, except) : undefined
  return endSessions(db, endReason, and(eq(sessions.userId, userId), others)!)
}

export async function listSessions(
  db: Db,
  actor: Actor,
  input: ParsedInput<typeof contract.sessions.list>,
) {
  const userId = input.userId ?? actor.id
  if (userId !== actor.id && actor.role !== 'admin') throw new StockError('ADMIN_REQUIRED')
  const list = keyset(
    input,
    {
      lastUsedAt: { by: sessions.lastUsedAt, type: 'timestamptz' },
      createdAt: { by: sessions.createdAt, type: 'timestamptz' },
    },
    { by: sessions.id, type: 'uuid' },
  )
  const rows = await db
    .select({
      id: sessions.id,
      userId: sessions.userId,
      username: users.username,
      userAgent: sessions.userAgent,
      address: sessions.address,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      expiresAt: sessions.expiresAt,
      position: list.position,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      list.where(
        eq(sessions.userId, userId),
        isOpenSession,
        ...(await conditionsOf(db, input.where, {
          userAgent: sessions.userAgent,
          address: sessions.address,
          createdAt: sessions.createdAt,
          lastUsedAt: sessions.lastUsedAt,
          expiresAt: sessions.expiresAt,
        })),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => ({ ...row, isCurrent: row.id === actor.sessionId }))
}

/** A session of somebody else is, for whoever may not end it, not there. */
export function endSession(
  db: Db,
  actor: Actor,
  { id }: ParsedInput<typeof contract.sessions.end>,
) {
  return inTransaction(db, async (tx) => {
    const own = actor.role === 'admin' ? undefined : eq(sessions.userId, actor.id)
    const [ended] = await endSessions(tx, 'ended_by_other', and(eq(sessions.id, id), own)!)
    if (!ended) throw new StockError('NOT_FOUND', { entity: 'session', id })
    await recordEnd(tx, actor, ended, 'ended_by_other')
    return { id }
  })
}
