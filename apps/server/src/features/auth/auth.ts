import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, type Tx, users } from '@stockbook/db'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor, HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { getUser, toUser, userColumns } from '../users/users.ts'
import { beginSession } from './openSession.ts'
import { refuseWeakPassword } from './weakPasswords.ts'

/** Trades a name and a password for a session. */
export async function signIn(
  services: Services,
  http: HttpCall,
  { username, password, keep }: ParsedInput<typeof contract.auth.signIn>,
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
  await attempts.forget(username, http.address)
  return inTransaction(db, async (tx) => {
    const current = await lockUnchanged(tx, usable)
    return beginSession(services, tx, current, http, keep)
  })
}

/**
 * To compare a password takes a while: one that was replaced meanwhile, or whose user was disabled,
 * opens nothing and changes nothing.
 */
async function lockUnchanged(tx: Tx, { id, passwordHash }: typeof users.$inferSelect) {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash!), isNull(users.disabledAt)))
    .for('no key update')
  if (!user) throw new StockError('SIGN_IN_FAILED')
  return user
}

/** The caller's other sessions end: whoever knew the old password is shut out. */
export async function changePassword(
  { db, passwords, attempts }: Services,
  http: HttpCall,
  actor: Actor,
  { currentPassword, newPassword }: ParsedInput<typeof contract.auth.changePassword>,
) {
  refuseWeakPassword(newPassword, actor.username, 'newPassword')
  if (actor.mustChangePassword && newPassword === currentPassword) {
    const message = 'must differ from the one that somebody else chose'
    throw new StockError('INVALID_INPUT', { issues: [{ path: ['newPassword'], message }] })
  }
  await attempts.count(actor.username, http.address)
  const [user] = await db.select().from(users).where(eq(users.id, actor.id))
  const matches = await passwords.match(currentPassword, user?.passwordHash ?? null)
  if (!user || !matches) throw new StockError('SIGN_IN_FAILED')
  await attempts.forget(actor.username, http.address)
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
