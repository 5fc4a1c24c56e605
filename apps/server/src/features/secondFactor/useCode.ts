import { secondFactors, type Tx } from '@stockbook/db'
import { and, eq, lt, sql } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { stepOfCode } from './authenticator.ts'
import { hashOfRecoveryCode } from './recoveryCodes.ts'

/**
 * Uses up a code of the user's app, or a recovery code: neither works again.
 * @throws StockError SECOND_FACTOR_REQUIRED without a code, SECOND_FACTOR_WRONG
 */
export async function useCode(tx: Tx, userId: string, code: string | undefined): Promise<void> {
  if (code === undefined) throw new StockError('SECOND_FACTOR_REQUIRED')
  const isUsed = (await useAppCode(tx, userId, code)) || (await useRecoveryCode(tx, userId, code))
  if (!isUsed) throw new StockError('SECOND_FACTOR_WRONG')
}

async function useAppCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId))
  const step = factor ? stepOfCode(factor.secret, code) : null
  if (step === null) return false
  // Of two who come with one code at once, the second waits for the first and finds it used.
  const used = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.userId, userId), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId })
  return used.length > 0
}

async function useRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const hash = hashOfRecoveryCode(code)
  const used = await tx
    .update(secondFactors)
    .set({ recoveryCodeHashes: sql`array_remove(${secondFactors.recoveryCodeHashes}, ${hash})` })
    .where(
      and(
        eq(secondFactors.userId, userId),
        sql`${hash} = any(${secondFactors.recoveryCodeHashes})`,
      ),
    )
    .returning({ userId: secondFactors.userId })
  return used.length > 0
}
