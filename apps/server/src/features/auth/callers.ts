import { apiKeys, type Db, sessions, users } from '@stockbook/db'
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Actor, Services } from '../../context.ts'
import { isOpenSession } from '../sessions/sessions.ts'
import { warehouseIds } from '../users/userWarehouses.sql.ts'
import { hashOfSecret } from './refreshTokens.ts'

type Caller = Omit<Actor, 'procedure'>

/**
 * Who a request is from, as the database has it at this moment: so a changed role, a disabled user, an
 * ended session and a revoked key act on the very next call. Null when it is from nobody.
 */
export async function readCaller(
  { db, tokens }: Pick<Services, 'db' | 'tokens'>,
  authorization: string | undefined,
): Promise<Caller | null> {
  const [, scheme, secret] = /^(Bearer|ApiKey) ([\w.-]+)$/i.exec(authorization ?? '') ?? []
  if (!scheme || !secret) return null
  if (scheme.toLowerCase() === 'apikey') return callerByKey(db, secret)
  const token = tokens.verify(secret)
  return token && callerBySession(db, token)
}

const columns = {
  id: users.id,
  username: users.username,
  role: users.role,
  mustChangePassword: users.mustChangePassword,
  warehouseIds,
}

/** "Last used" is kept to the minute: else every read would write. */
const staleAfter = sql`now() - interval '1 minute'`

async function callerBySession(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<Caller | null> {
  const [found] = await db
    .select({ ...columns, isStale: sql<boolean>`${sessions.lastUsedAt} < ${staleAfter}` })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isOpenSession,
        isNull(users.disabledAt),
      ),
    )
    .prepare('caller_by_session')
    .execute()
  if (!found) return null
  const { isStale, ...user } = found
  if (isStale) {
    await db
      .update(sessions)
      .set({ lastUsedAt: sql`now()` })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastUsedAt, staleAfter)))
  }
  return { ...user, sessionId }
}

async function callerByKey(db: Db, key: string): Promise<Caller | null> {
  const keyHash = hashOfSecret(key)
  const [found] = await db
    .select({
      ...columns,
      isStale: sql<boolean>`coalesce(${apiKeys.lastUsedAt} < ${staleAfter}, true)`,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(
        eq(apiKeys.keyHash, keyHash),
        isNull(apiKeys.revokedAt),
        gt(apiKeys.expiresAt, sql`now()`),
        isNull(users.disabledAt),
      ),
    )
    .prepare('caller_by_key')
    .execute()
  if (!found) return null
  const { isStale, ...user } = found
  if (isStale) {
    await db
      .update(apiKeys)
      .set({ lastUsedAt: sql`now()` })
      .where(
        and(
          eq(apiKeys.keyHash, keyHash),
          or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, staleAfter)),
        ),
      )
  }
  return { ...user, sessionId: null }
}
