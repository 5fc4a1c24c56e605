import { sessions, type Tx } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import type { HttpCall, Services } from '../../context.ts'
import { toUser, type UserRow } from '../users/users.ts'
import { hashOfSecret } from './refreshTokens.ts'

/** A session is over after so long, used or not. */
const maxDays = 30

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

/** What the caller gets of an open session. */
export function handOver(
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
