import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Db,
  inTransaction,
  inventoryCheckCounts,
  inventoryCheckLines,
  inventoryChecks,
  type Tx,
} from '@stockbook/db'
import { and, asc, eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { isCheckInside } from './isCheckInside.sql.ts'
import { getLine } from './lines.ts'
import { lockCheck, refuseWrongState, touched } from './locked.ts'
import { momentOfCount } from './momentOfCount.ts'

type Input = ParsedInput<typeof contract.checks.count>
type LineRow = typeof inventoryCheckLines.$inferSelect

/** Writes down how much there was of a line, and where the book stood at that moment. */
export async function countLine(db: Db, actor: Actor, input: Input) {
  await inTransaction(db, async (tx) => {
    // Always the check before its line: so does who ends a round.
    const check = await lockCheck(tx, actor, await checkIdOf(tx, actor, input.lineId), 'share')
    // This lock is written to the log, so that a repeated answer is as safe as the first one was.
    const line = await lockLine(tx, input.lineId)
    const repeated = await findCount(tx, input.commandId)
    if (repeated) return refuseOtherContent(actor, repeated, input)
    refuseWrongState(check, 'open')
    await addCount(tx, actor, input, line, check.round)
  })
  return getLine(db, actor, input.lineId)
}

async function checkIdOf(tx: Tx, { warehouseIds }: Actor, lineId: string): Promise<string> {
  const [line] = await tx
    .select({ checkId: inventoryCheckLines.checkId })
    .from(inventoryCheckLines)
    .innerJoin(inventoryChecks, eq(inventoryChecks.id, inventoryCheckLines.checkId))
    .where(and(eq(inventoryCheckLines.id, lineId), isCheckInside(warehouseIds)))
  if (!line) throw new StockError('NOT_FOUND', { entity: 'line', id: lineId })
  return line.checkId
}

async function lockLine(tx: Tx, id: string): Promise<LineRow> {
  const [line] = await tx
    .select()
    .from(inventoryCheckLines)
    .where(eq(inventoryCheckLines.id, id))
    .for('no key update')
  return line!
}

async function findCount(tx: Tx, commandId: string) {
  const [count] = await tx
    .select()
    .from(inventoryCheckCounts)
    .where(eq(inventoryCheckCounts.commandId, commandId))
  return count ?? null
}

function refuseOtherContent(
  actor: Actor,
  count: typeof inventoryCheckCounts.$inferSelect,
  { commandId, lineId, quantity, countedAt }: Input,
): void {
  const isSame =
    count.lineId === lineId &&
    count.quantity === quantity &&
    count.countedBy === actor.id &&
    (countedAt === undefined || isSameMoment(count, countedAt))
  if (!isSame) throw new StockError('COMMAND_ID_REUSED', { commandId })
}

/** A count that was dated ahead of its time was kept as one of that time. */
function isSameMoment(
  { countedAt, recordedAt }: typeof inventoryCheckCounts.$inferSelect,
  asked: Date,
): boolean {
  return countedAt.getTime() === asked.getTime() || (asked > recordedAt && countedAt < asked)
}

async function addCount(tx: Tx, actor: Actor, input: Input, line: LineRow, round: number) {
  const { commandId, lineId, quantity } = input
  const earlier = await tx
    .select()
    .from(inventoryCheckCounts)
    .where(eq(inventoryCheckCounts.lineId, lineId))
    .orderBy(asc(inventoryCheckCounts.id))
  const last = earlier.at(-1)
  const isToCount = line.status === 'to_count' || line.status === 'recount'
  if (!isToCount && !(line.status === 'counted' && last?.round === round)) {
    throw new StockError('WRONG_STATE', { entity: 'line', id: lineId, round })
  }
  if (earlier.some((one) => one.round < round && one.countedBy === actor.id)) {
    throw new StockError('SEPARATION_OF_DUTIES', { entity: 'line', id: lineId, round })
  }
  const { countedAt, bookPosition } = await momentOfCount(tx, line, input.countedAt)
  await tx.insert(inventoryCheckCounts).values({
    commandId,
    lineId,
    round,
    quantity,
    countedBy: actor.id,
    countedAt,
    bookPosition,
  })
  await tx
    .update(inventoryCheckLines)
    .set({ status: 'counted', ...touched })
    .where(eq(inventoryCheckLines.id, lineId))
  await recordChange(tx, actor, {
    entity: 'check_count',
    entityId: lineId,
    before: null,
    after: { ...goodsOf(line), commandId, round, quantity, countedAt, bookPosition },
  })
}

/** Which goods were counted, where. */
const goodsOf = ({ checkId, productId, locationId, lotId }: LineRow) => ({
  checkId,
  productId,
  locationId,
  lotId,
})
