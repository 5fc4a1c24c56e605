import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Connection, type Db, inTransaction, sessions, type Tx, users } from '@stockbook/db'
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Actor, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import type { HttpCall } from '../../http/call.ts'
import { keyset } from '../../lists/keyset.ts'
import { recordChange } from '../audit/record.ts'
import { hashOfSecret } from '../auth/refreshTokens.ts'
import { toUser } from '../users/users.ts'

/** A session that is not used for so long is over. */
const idleDays = 7
/** A session is over after so long, used or not. */
const maxDays = 30
/** For so long the refresh token just used up still gives the same new pair: two tabs may race. */
const graceMs = 10_000

export type UserRow = typeof users.$inferSelect
type EndReason = NonNullable<(typeof sessions.$inferSelect)['endReason']>

/** The condition that a session is neither ended nor run out. */
export const isOpenSession = and(
  isNull(sessions.endedAt),
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.lastUsedAt, sql`now() - ${`${idleDays} days`}::interval`),
)!

/** Begins a session for a user whose password was right. */
export async function beginSession(
  services: Services,
  tx: Tx,
  user: UserRow,
  http: HttpCall,
  keep: 'caller' | 'cookie',
) {
  const id = crypto.randomUUID()
  const token = services.refreshTokens.make(id, 1)
  await tx.insert(sessions).values({
    id,
    userId: user.id,
    tokenHash: hashOfSecret(token),
    inCookie: keep === 'cookie',
    userAgent: http.userAgent,
    address: http.address,
    expiresAt: sql`now() + ${`${maxDays} days`}::interval`,
  })
  return handOver(services, http, user, { id, inCookie: keep === 'cookie' }, token)
}

function handOver(
  { tokens }: Services,
  http: HttpCall,
  user: UserRow,
  session: { id: string; inCookie: boolean },
  refreshToken: string,
) {
  if (session.inCookie) http.setRefreshCookie(refreshToken, maxDays * 86_400)
  return {
    ...tokens.issue(user.id, session.id),
    refreshToken: session.inCookie ? null : refreshToken,
    user: toUser(user),
  }
}

/**
 * Trades a refresh token for a new pair. One that was used up before ends the session: either its
 * owner or a thief comes with it, and there is no telling which.
 */
export async function refreshSession(
  services: Services,
  http: HttpCall,
  { refreshToken }: ParsedInput<typeof contract.auth.refresh>,
) {
  const fromCookie = refreshToken === undefined
  if (fromCookie) http.refuseOtherSites()
  const token = services.refreshTokens.read(refreshToken ?? http.refreshCookie() ?? '')
  const renewed = token && (await inTransaction(services.db, (tx) => rotate(services, tx, token)))
  if (!renewed || renewed.session.inCookie !== fromCookie) {
    if (fromCookie) http.setRefreshCookie(null, 0)
    throw new StockError('SIGN_IN_REQUIRED')
  }
  return handOver(services, http, renewed.user, renewed.session, renewed.refreshToken)
}

/** Null when the session gives no new token; then it is over. */
async function rotate(
  { refreshTokens }: Services,
  tx: Tx,
  { sessionId, generation }: { sessionId: string; generation: number },
) {
  const [session] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isOpenSession))
    .for('update')
  if (!session) return null
  const [user] = await tx.select().from(users).where(eq(users.id, session.userId))
  if (!user || user.disabledAt) return null
  if (generation === session.generation) {
    const refreshToken = refreshTokens.make(sessionId, generation + 1)
    await tx
      .update(sessions)
      .set({
        generation: generation + 1,
        tokenHash: hashOfSecret(refreshToken),
        rotatedAt: sql`clock_timestamp()`,
        lastUsedAt: sql`now()`,
      })
      .where(eq(sessions.id, sessionId))
    return { session, user, refreshToken }
  }
  const [{ isRecent } = { isRecent: false }] = await tx
    .select({
      isRecent: sql<boolean>`clock_timestamp() - ${sessions.rotatedAt} < ${`${graceMs} ms`}::interval`,
    })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
  if (generation === session.generation - 1 && isRecent) {
    return { session, user, refreshToken: refreshTokens.make(sessionId, session.generation) }
  }
  await endSessions(tx, 'token_reused', eq(sessions.id, sessionId))
  await recordChange(
    tx,
    { id: user.id, procedure: 'auth.refresh' },
    {
      entity: 'session',
      entityId: sessionId,
      before: null,
      after: { endReason: 'token_reused', userId: user.id },
    },
  )
  return null
}

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

export async function signOut({ db }: Services, http: HttpCall, actor: Actor) {
  if (actor.sessionId) await endSessions(db, 'signed_out', eq(sessions.id, actor.sessionId))
  if (http.refreshCookie() !== null) http.setRefreshCookie(null, 0)
  return {}
}

export async function signOutEverywhere({ db }: Services, http: HttpCall, actor: Actor) {
  const ended = await endSessionsOf(db, actor.id, 'signed_out')
  if (http.refreshCookie() !== null) http.setRefreshCookie(null, 0)
  return { ended: ended.length }
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
