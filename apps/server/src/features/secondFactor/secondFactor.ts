import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, secondFactors, type Tx, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import type { Actor, Author, HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { lockUnchanged, matchPassword } from '../auth/ownPassword.ts'
import { changeUser, lockUser } from '../users/users.ts'
import { newSecret, stepOfCode, uriOf } from './authenticator.ts'
import { hashOfRecoveryCode, newRecoveryCodes } from './recoveryCodes.ts'
import { useCode } from './useCode.ts'

type Contract = typeof contract.secondFactor
type Input = { [Name in keyof Contract]: ParsedInput<Contract[Name]> }

/** Whether the caller's sign-in asks for a code, and how many recovery codes are left. */
export async function secondFactorStatus(db: Db, actor: Actor) {
  const [status] = await db
    .select({
      since: users.secondFactorSince,
      recoveryCodes: sql<number>`coalesce(cardinality(${secondFactors.recoveryCodeHashes}), 0)`,
    })
    .from(users)
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .where(eq(users.id, actor.id))
  return status!
}

/** Makes a secret for the caller's app. Nothing asks for its codes before `confirmSecondFactor`. */
export async function beginSecondFactor(
  services: Services,
  http: HttpCall,
  actor: Actor,
  { password }: Input['begin'],
) {
  const user = await matchPassword(services, http, actor, password)
  const secret = newSecret()
  await inTransaction(services.db, async (tx) => {
    const { secondFactorSince } = await lockUnchanged(tx, user)
    if (secondFactorSince) throw wrongState(actor.id, true)
    await tx
      .insert(secondFactors)
      .values({ userId: actor.id, secret })
      .onConflictDoUpdate({
        target: secondFactors.userId,
        set: { secret, lastStep: 0, recoveryCodeHashes: [], createdAt: sql`now()` },
      })
  })
  return { secret, uri: uriOf(secret, actor.username) }
}

/** The caller's app has the secret: from now on sign-in asks for its codes. */
export function confirmSecondFactor(db: Db, actor: Actor, { code }: Input['confirm']) {
  return inTransaction(db, async (tx) => {
    const { secondFactorSince } = await lockUser(tx, actor.id)
    const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, actor.id))
    if (secondFactorSince || !factor) throw wrongState(actor.id, secondFactorSince !== null)
    const step = stepOfCode(factor.secret, code)
    if (step === null) throw new StockError('SECOND_FACTOR_WRONG')
    const recoveryCodes = newRecoveryCodes()
    await tx
      .update(secondFactors)
      .set({ lastStep: step, recoveryCodeHashes: recoveryCodes.map(hashOfRecoveryCode) })
      .where(eq(secondFactors.userId, actor.id))
    await changeUser(tx, actor, { id: actor.id }, { secondFactorSince: sql`now()` })
    return { recoveryCodes }
  })
}

/** The caller's sign-in asks for the password alone again. */
export async function removeSecondFactor(
  services: Services,
  http: HttpCall,
  actor: Actor,
  { password, code }: Input['remove'],
) {
  const user = await matchPassword(services, http, actor, password)
  await inTransaction(services.db, async (tx) => {
    const { secondFactorSince } = await lockUnchanged(tx, user)
    if (!secondFactorSince) throw wrongState(actor.id, false)
    await useCode(tx, actor.id, code)
    await forgetSecret(tx, actor, actor.id)
  })
  await services.attempts.forget(actor.username, http.address)
  return {}
}

/** Takes away what the app shares with the server, and says so in the audit log. */
export async function forgetSecret(tx: Tx, author: Author, id: string) {
  await tx.delete(secondFactors).where(eq(secondFactors.userId, id))
  return changeUser(tx, author, { id }, { secondFactorSince: null })
}

export const wrongState = (id: string, hasSecondFactor: boolean) =>
  new StockError('WRONG_STATE', { entity: 'user', id, hasSecondFactor })
