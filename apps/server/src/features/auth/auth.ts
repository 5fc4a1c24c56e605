import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import type { Actor, HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { useCode } from '../secondFactor/useCode.ts'
import { getUser, toUser } from '../users/users.ts'
import { beginSession } from './openSession.ts'
import { lockUnchanged, matchPassword } from './ownPassword.ts'
import { refuseWeakPassword } from './weakPasswords.ts'

/** Trades a name and a password for a session. */
export async function signIn(
  services: Services,
  http: HttpCall,
  { username, password, code, keep }: ParsedInput<typeof contract.auth.signIn>,
) {
  const { db, passwords, attempts } = services
  if (keep === 'cookie') http.refuseOtherSites()
  await attempts.count(username, http.address)
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, username.trim().toLowerCase()))
  const usable = user && !user.disabledAt ? user : null
  const matches = await passwords.match(password, usable?.passwordHash ?? null)
  if (!usable || !matches) throw new StockError('SIGN_IN_FAILED')
  const session = await inTransaction(db, async (tx) => {
    const current = await lockUnchanged(tx, usable)
    if (current.secondFactorSince) await useCode(tx, current.id, code)
    return beginSession(services, tx, current, http, keep)
  })
  // Not before: who knows the password only must not guess codes for ever.
  await attempts.forget(username, http.address)
  return session
}

/** The caller's other sessions end: whoever knew the old password is shut out. */
export async function changePassword(
  services: Services,
  http: HttpCall,
  actor: Actor,
  { currentPassword, newPassword }: ParsedInput<typeof contract.auth.changePassword>,
) {
  refuseWeakPassword(newPassword, actor.username, 'newPassword')
  if (actor.mustChangePassword && newPassword === currentPassword) {
    const message = 'must differ from the one that somebody else chose'
    throw new StockError('INVALID_INPUT', { issues: [{ path: ['newPassword'], message }] })
  }
  const { db, passwords } = services
  const user = await matchPassword(services, http, actor, currentPassword)
  const passwordHash = await passwords.hash(newPassword)
  return inTransaction(db, async (tx) => {
    const before = await lockUnchanged(tx, user)
    await tx
      .update(users)
      .set({
        passwordHash,
        mustChangePassword: false,
        updatedAt: sql`now()`,
        version: sql`${users.version} + 1`,
      })
      .where(eq(users.id, actor.id))
    const after = await getUser(tx, actor.id)
    await endSessionsOf(tx, actor.id, 'password_changed', actor.sessionId)
    await recordChange(tx, actor, {
      entity: 'user',
      entityId: actor.id,
      before: toUser(before),
      after,
    })
    return after
  })
}

/** Who is signed in, in full. */
export const whoAmI = (db: Db, actor: Actor) => getUser(db, actor.id)
