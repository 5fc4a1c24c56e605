import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Connection, type Db, inTransaction, sessions, users } from '@stockbook/db'
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
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
): Promise<{ id: string }[]> {
  return db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
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
    .where(list.where(eq(sessions.userId, userId), isOpenSession))
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
    await recordChange(tx, actor, {
      entity: 'session',
      entityId: id,
      before: null,
      after: { endReason: 'ended_by_other' },
    })
    return ended
  })
}
