import type { contract, ParsedInput } from '@stockbook/client/contract'
import { inTransaction, sessions, type Tx, users } from '@stockbook/db'
import { and, eq, sql } from 'drizzle-orm'
import type { HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { endSessions, isOpenSession, recordEnd } from '../sessions/sessions.ts'
import { userColumns } from '../users/users.ts'
import { handOver } from './openSession.ts'
import { hashOfSecret } from './refreshTokens.ts'

/** For so long the refresh token just used up still gives the same new pair: two tabs may race. */
const graceMs = 10_000

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
  const renewed =
    token && (await inTransaction(services.db, (tx) => rotate(services, tx, token, fromCookie)))
  if (!renewed) {
    // Only what came is taken away: another tab may be signing in at this moment.
    if (fromCookie && http.refreshCookie() !== null) http.setRefreshCookie(null, 0)
    throw new StockError('SIGN_IN_REQUIRED')
  }
  return handOver(services, http, renewed.user, renewed.session, renewed.refreshToken)
}

/** Null when the session gives no new token; then it is over. */
async function rotate(
  { refreshTokens }: Services,
  tx: Tx,
  { sessionId, generation }: { sessionId: string; generation: number },
  inCookie: boolean,
) {
  const [session] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.inCookie, inCookie), isOpenSession))
    .for('update')
  if (!session) return null
  const [user] = await tx.select(userColumns).from(users).where(eq(users.id, session.userId))
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
  await recordEnd(tx, { id: user.id, procedure: 'auth.refresh' }, session, 'token_reused')
  return null
}
