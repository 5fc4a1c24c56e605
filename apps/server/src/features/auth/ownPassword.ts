import { type Tx, users } from '@stockbook/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Actor, HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { type UserRow, userColumns } from '../users/users.ts'

/**
 * Has somebody who is signed in show the password again. It counts as an attempt; the count begins anew,
 * unless the user has codes, too: with the password alone nobody gets new guesses at them.
 * @throws StockError SIGN_IN_FAILED, TOO_MANY_ATTEMPTS
 */
export async function matchPassword(
  { db, passwords, attempts }: Services,
  http: HttpCall,
  actor: Actor,
  password: string,
): Promise<UserRow> {
  await attempts.count(actor.username, http.address)
  const [user] = await db.select(userColumns).from(users).where(eq(users.id, actor.id))
  const matches = await passwords.match(password, user?.passwordHash ?? null)
  if (!user || !matches) throw new StockError('SIGN_IN_FAILED')
  if (!user.secondFactorSince) await attempts.forget(actor.username, http.address)
  return user
}

/**
 * To compare a password takes a while: one that was replaced meanwhile, or whose user was disabled,
 * opens nothing and changes nothing.
 */
export async function lockUnchanged(
  tx: Tx,
  { id, passwordHash }: typeof users.$inferSelect,
): Promise<UserRow> {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash!), isNull(users.disabledAt)))
    .for('no key update')
  if (!user) throw new StockError('SIGN_IN_FAILED')
  return user
}
