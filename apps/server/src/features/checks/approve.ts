import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Db,
  inTransaction,
  inventoryCheckCounts,
  inventoryCheckLines,
  type inventoryChecks,
  type Tx,
} from '@stockbook/db'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { claimCommand } from '../movements/book.sql.ts'
import type { CountedLine } from '../movements/command.ts'
import { postCheck } from '../movements/post.ts'
import { getCheck } from './checks.ts'
import { changeCheck, lockCheck, refuseChanged, refuseWrongState } from './locked.ts'
import { lockCountedLevels, markPosted, readVariances, type Variance } from './posting.sql.ts'

type Input = ParsedInput<typeof contract.checks.approve>
type CheckRow = typeof inventoryChecks.$inferSelect

/** Carries the counts of a check into the book, once. The same command again gets the same answer. */
export function approveCheck(db: Db, actor: Actor, { id, expectedVersion, ...command }: Input) {
  const { commandId, remark } = command
  const posting = { commandId, content: { id, remark }, note: remark }
  return inTransaction(db, async (tx) => {
    if (await claimCommand(tx, commandId)) {
      return answer(tx, actor, id, await postCheck(tx, actor, { ...posting, lines: [] }))
    }
    const check = await lockCheck(tx, actor, id, 'no key update')
    refuseWrongState(check, 'review')
    refuseChanged(check, expectedVersion)
    await refuseCounter(tx, actor, id)
    await lockCountedLevels(tx, id)
    const variances = await readVariances(tx, id)
    const lines = variances.flatMap((one) => adjustmentFor(one, check))
    const posted = await postCheck(tx, actor, { ...posting, lines })
    await markPosted(tx, variances)
    await changeCheck(tx, actor, check, {
      status: 'posted',
      approvedBy: actor.id,
      approvedAt: posted.recordedAt,
      commandId,
      remark: remark ?? check.remark,
    })
    return answer(tx, actor, id, posted)
  })
}

async function answer(
  tx: Tx,
  actor: Actor,
  id: string,
  { replayed, movements }: Awaited<ReturnType<typeof postCheck>>,
) {
  const adjustments = movements.filter(({ compensatesId }) => compensatesId === null).length
  return { replayed, check: await getCheck(tx, actor, id), adjustments }
}

/** What a line that is not as expected brings into the book. */
function adjustmentFor({ counted, expected, ...one }: Variance, check: CheckRow): CountedLine[] {
  if (counted === expected) return []
  return [
    {
      type: 'count',
      productId: one.productId,
      lotId: one.lotId,
      locationId: one.locationId,
      change: counted - expected,
      checkLineId: one.lineId,
      reason: `Inventory check: ${check.title}`,
      occurredAt: one.countedAt,
    },
  ]
}

async function refuseCounter(tx: Tx, actor: Actor, checkId: string): Promise<void> {
  const [own] = await tx
    .select({ lineId: inventoryCheckCounts.lineId })
    .from(inventoryCheckCounts)
    .innerJoin(inventoryCheckLines, eq(inventoryCheckLines.id, inventoryCheckCounts.lineId))
    .where(
      and(eq(inventoryCheckLines.checkId, checkId), eq(inventoryCheckCounts.countedBy, actor.id)),
    )
    .limit(1)
  if (own) throw new StockError('SEPARATION_OF_DUTIES', { entity: 'check', id: checkId, ...own })
}
