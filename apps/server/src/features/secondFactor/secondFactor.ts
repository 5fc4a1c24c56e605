import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, secondFactors, type Tx, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import type { Actor, Author, HttpCall, Services } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { lockUnchanged, matchPassword } from '../auth/ownPassword.ts'
import { getUser, toUser, type UserRow, userColumns } from '../users/users.ts'
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
  await services.attempts.forget(actor.username, http.address)
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
    const before = await lockUser(tx, actor.id)
    const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, actor.id))
    if (before.secondFactorSince || !factor) {
      throw wrongState(actor.id, before.secondFactorSince !== null)
    }
    const step = stepOfCode(factor.secret, code.replace(/ /g, ''))
    if (step === null) throw new StockError('SECOND_FACTOR_WRONG')
    const recoveryCodes = newRecoveryCodes()
    await tx
      .update(secondFactors)
      .set({ lastStep: step, recoveryCodeHashes: recoveryCodes.map(hashOfRecoveryCode) })
      .where(eq(secondFactors.userId, actor.id))
    await setSince(tx, actor, before, sql`now()`)
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
    const before = await lockUnchanged(tx, user)
    if (!before.secondFactorSince) throw wrongState(actor.id, false)
    await useCode(tx, actor.id, code)
    await forgetSecret(tx, actor, before)
  })
  await services.attempts.forget(actor.username, http.address)
  return {}
}

/** Takes away what the app shares with the server, and says so in the audit log. */
export async function forgetSecret(tx: Tx, author: Author, before: UserRow) {
  await tx.delete(secondFactors).where(eq(secondFactors.userId, before.id))
  return setSince(tx, author, before, null)
}

async function setSince(
  tx: Tx,
  author: Author,
  before: UserRow,
  secondFactorSince: ReturnType<typeof sql> | null,
) {
  await tx
    .update(users)
    .set({ secondFactorSince, updatedAt: sql`now()`, version: sql`${users.version} + 1` })
    .where(eq(users.id, before.id))
  const user = await getUser(tx, before.id)
  await recordChange(tx, author, {
    entity: 'user',
    entityId: before.id,
    before: toUser(before),
    after: user,
  })
  return user
}

/** @throws StockError NOT_FOUND */
export async function lockUser(tx: Tx, id: string): Promise<UserRow> {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(eq(users.id, id))
    .for('no key update')
  if (!user) throw new StockError('NOT_FOUND', { entity: 'user', id })
  return user
}

export const wrongState = (id: string, hasSecondFactor: boolean) =>
  new StockError('WRONG_STATE', { entity: 'user', id, hasSecondFactor })
