import { createHash } from 'node:crypto'
import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  commands,
  type Db,
  inTransaction,
  inventoryCheckCounts,
  inventoryCheckLines,
  type inventoryChecks,
  stockMovements,
  type Tx,
} from '@stockbook/db'
import { and, eq, isNull } from 'drizzle-orm'
import stableStringify from 'safe-stable-stringify'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { claimCommand } from '../movements/book.sql.ts'
import { getCheck } from './checks.ts'
import { changeCheck, lockCheck, refuseChanged, refuseWrongState } from './locked.ts'
import { lockCountedLevels, markPosted, readVariances, writeAdjustments } from './posting.sql.ts'

type Input = ParsedInput<typeof contract.checks.approve>
type CheckRow = typeof inventoryChecks.$inferSelect

/** Carries the counts of a check into the book, once. The same command again gets the same answer. */
export function approveCheck(db: Db, actor: Actor, input: Input) {
  const { id, commandId, expectedVersion, remark } = input
  const contentHash = createHash('sha256')
    .update(stableStringify({ actorId: actor.id, kind: 'check', id, remark }) ?? '')
    .digest('hex')
  return inTransaction(db, async (tx) => {
    const earlier = await claimCommand(tx, commandId)
    if (earlier && earlier.contentHash !== contentHash) {
      throw new StockError('COMMAND_ID_REUSED', { commandId })
    }
    if (!earlier) {
      const check = await lockCheck(tx, id, 'no key update')
      refuseWrongState(check, 'review')
      refuseChanged(check, expectedVersion)
      await refuseCounter(tx, actor, id)
      await post(tx, actor, check, { commandId, contentHash, remark })
    }
    const adjustments = await tx.$count(stockMovements, isAdjustmentOf(commandId))
    return { replayed: earlier !== null, check: await getCheck(tx, id), adjustments }
  })
}

const isAdjustmentOf = (commandId: string) =>
  and(eq(stockMovements.commandId, commandId), isNull(stockMovements.compensatesId))

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

type Command = { commandId: string; contentHash: string; remark: string | null }

async function post(tx: Tx, actor: Actor, check: CheckRow, command: Command): Promise<void> {
  const { commandId, contentHash, remark } = command
  await lockCountedLevels(tx, check.id)
  const variances = await readVariances(tx, check.id)
  await markPosted(tx, variances)
  const [row] = await tx
    .insert(commands)
    .values({
      id: commandId,
      kind: 'check',
      contentHash,
      actorId: actor.id,
      note: remark,
      outcome: 'posted',
      occurredAt: new Date(),
    })
    .returning()
  await writeAdjustments(tx, row!, check, variances)
  await changeCheck(tx, actor, check, {
    status: 'posted',
    approvedBy: actor.id,
    approvedAt: row!.recordedAt,
    commandId,
    remark: remark ?? check.remark,
  })
}
