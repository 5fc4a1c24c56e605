import { inTransaction, sessions } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import type { Actor, HttpCall, Services } from '../../context.ts'
import { endSessions, endSessionsOf } from '../sessions/sessions.ts'

export async function signOut({ db }: Services, http: HttpCall, actor: Actor) {
  if (actor.sessionId) await endSessions(db, 'signed_out', eq(sessions.id, actor.sessionId))
  if (http.refreshCookie() !== null) http.setRefreshCookie(null, 0)
  return {}
}

export async function signOutEverywhere({ db }: Services, http: HttpCall, actor: Actor) {
  // As a transaction, so that it runs again when it and another one that ends sessions block each other.
  const ended = await inTransaction(db, (tx) => endSessionsOf(tx, actor.id, 'signed_out'))
  if (http.refreshCookie() !== null) http.setRefreshCookie(null, 0)
  return { ended: ended.length }
}
