import { preparedStatement, type Tx } from '@stockbook/db'
import type { Actor } from '../../context.ts'

type By = Pick<Actor, 'sessionId' | 'apiKeyId'>

const endedSessions = preparedStatement<{ id: string }>(
  'ended_sessions',
  `select sessions.id from sessions join users on users.id = sessions.user_id
  where sessions.id = any($1::uuid[])
    and (sessions.ended_at is not null or users.disabled_at is not null)`,
)

const revokedKeys = preparedStatement<{ id: string }>(
  'revoked_keys',
  `select api_keys.id from api_keys join users on users.id = api_keys.user_id
  where api_keys.id = any($1::uuid[])
    and (api_keys.revoked_at is not null or users.disabled_at is not null)`,
)

/**
 * Of some who were let in a while ago, those who would not be now: the session was ended, the key revoked
 * or the user disabled meanwhile. Gives the ids of their sessions and keys.
 */
export async function lostCallers(tx: Tx, callers: readonly By[]): Promise<ReadonlySet<string>> {
  const sessionIds = new Set<string>()
  const keyIds = new Set<string>()
  for (const { sessionId, apiKeyId } of callers) {
    if (sessionId !== null) sessionIds.add(sessionId)
    if (apiKeyId !== null) keyIds.add(apiKeyId)
  }
  const [sessions, keys] = await Promise.all([
    sessionIds.size === 0 ? [] : endedSessions(tx, [...sessionIds]),
    keyIds.size === 0 ? [] : revokedKeys(tx, [...keyIds]),
  ])
  return new Set([...sessions, ...keys].map(({ id }) => id))
}
