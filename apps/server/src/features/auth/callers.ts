import { apiKeys, type Db, sessions, users } from '@stockbook/db'
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { anyOfKeys, readTogether } from '../../readTogether.ts'
import { isOpenSession } from '../sessions/sessions.ts'
import { warehouseIds } from '../users/userWarehouses.sql.ts'
import { hashOfSecret } from './refreshTokens.ts'
import type { Tokens } from './tokens.ts'

export type Caller = Omit<Actor, 'procedure'>

export type Callers = {
  /**
   * Who a request is from, as the database has it when it is asked after this: so a changed role, a
   * disabled user, an ended session and a revoked key act on the very next call. Null when it is
   * from nobody.
   */
  read(authorization: string | undefined): Promise<Caller | null>
}

const sessionOfId = readTogether(readSessions, ({ sessionId }) => sessionId)
const keyOfHash = readTogether(readKeys, ({ keyHash }) => keyHash)

export function createCallers(db: Db, tokens: Tokens): Callers {
  return {
    async read(authorization) {
      const [, scheme, secret] = /^(Bearer|ApiKey) ([\w.-]+)$/i.exec(authorization ?? '') ?? []
      if (!scheme || !secret) return null
      if (scheme.toLowerCase() === 'apikey') {
        const keyHash = hashOfSecret(secret)
        const found = await keyOfHash(db, keyHash)
        if (!found) return null
        const { keyHash: _, isStale, ...user } = found
        if (isStale) await touchKey(db, keyHash)
        return { ...user, sessionId: null }
      }
      const token = tokens.verify(secret)
      const found = token && (await sessionOfId(db, token.sessionId))
      if (!found || found.id !== token.userId) return null
      const { isStale, ...caller } = found
      if (isStale) await touchSession(db, caller.sessionId)
      return { ...caller, apiKeyId: null }
    },
  }
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

function readSessions(db: Db) {
  const statement = db
    .select({
      ...columns,
      sessionId: sessions.id,
      isStale: sql<boolean>`${sessions.lastUsedAt} < ${staleAfter}`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(sql`${sessions.id} = ${anyOfKeys('uuid')}`, isOpenSession, isNull(users.disabledAt)))
    .prepare('callers_by_session')
  return (keys: readonly string[]) => statement.execute({ keys })
}

function touchSession(db: Db, sessionId: string) {
  return db
    .update(sessions)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastUsedAt, staleAfter)))
}

function readKeys(db: Db) {
  const statement = db
    .select({
      ...columns,
      keyHash: apiKeys.keyHash,
      apiKeyId: apiKeys.id,
      isStale: sql<boolean>`coalesce(${apiKeys.lastUsedAt} < ${staleAfter}, true)`,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(
        sql`${apiKeys.keyHash} = ${anyOfKeys('text')}`,
        isNull(apiKeys.revokedAt),
        gt(apiKeys.expiresAt, sql`now()`),
        isNull(users.disabledAt),
      ),
    )
    .prepare('callers_by_key')
  return (keys: readonly string[]) => statement.execute({ keys })
}

function touchKey(db: Db, keyHash: string) {
  return db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.keyHash, keyHash),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, staleAfter)),
      ),
    )
}
