import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Db,
  inTransaction,
  inventoryCheckLines,
  type inventoryChecks,
  locations,
  products,
  type Tx,
} from '@stockbook/db'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { getCheck } from './checks.ts'
import { countedLines } from './counted.sql.ts'
import { changeCheck, lockCheck, refuseChanged, refuseWrongState, touched } from './locked.ts'

type Input = ParsedInput<typeof contract.checks.submit>
type CheckRow = typeof inventoryChecks.$inferSelect

/** At most this many uncounted lines are told in one refusal. */
const toldLines = 20

/** Ends a round of counting: either another one follows, or the check goes to review. */
export function submitCheck(db: Db, actor: Actor, { id, expectedVersion, skipUncounted }: Input) {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, actor, id, 'no key update')
    refuseWrongState(check, 'open')
    refuseChanged(check, expectedVersion)
    if (skipUncounted) await skipLines(tx, id)
    else await refuseUncounted(tx, id)
    await judgeRound(tx, check)
    const recounts = await tx.$count(inventoryCheckLines, isOf(id, 'recount'))
    await changeCheck(
      tx,
      actor,
      check,
      recounts > 0 ? { round: check.round + 1 } : { status: 'review' },
    )
    return getCheck(tx, actor, id)
  })
}

const isOf = (
  checkId: string,
  ...statuses: (typeof inventoryCheckLines.$inferSelect)['status'][]
) => and(eq(inventoryCheckLines.checkId, checkId), inArray(inventoryCheckLines.status, statuses))

async function refuseUncounted(tx: Tx, checkId: string): Promise<void> {
  const uncounted = isOf(checkId, 'to_count', 'recount')
  const toCount = await tx.$count(inventoryCheckLines, uncounted)
  if (toCount === 0) return
  const lines = await tx
    .select({
      id: inventoryCheckLines.id,
      sku: products.sku,
      location: locations.code,
      lotId: inventoryCheckLines.lotId,
    })
    .from(inventoryCheckLines)
    .innerJoin(products, eq(products.id, inventoryCheckLines.productId))
    .innerJoin(locations, eq(locations.id, inventoryCheckLines.locationId))
    .where(uncounted)
    .orderBy(locations.code, products.sku, inventoryCheckLines.id)
    .limit(toldLines)
  throw new StockError('COUNT_INCOMPLETE', { id: checkId, toCount, lines })
}

/** What nobody has counted is left out; what nobody has counted again stands as it was counted. */
async function skipLines(tx: Tx, checkId: string): Promise<void> {
  await tx
    .update(inventoryCheckLines)
    .set({ status: 'skipped', ...touched })
    .where(isOf(checkId, 'to_count'))
  await tx
    .update(inventoryCheckLines)
    .set({ status: 'counted', ...touched })
    .where(isOf(checkId, 'recount'))
}

/**
 * Judges what was counted in this round by the thresholds. The database reckons: exact, whatever the
 * number of places. A value that is not known limits nothing.
 */
async function judgeRound(tx: Tx, check: CheckRow): Promise<void> {
  await tx.execute(sql`
    update ${inventoryCheckLines} line set status = judged.status, version = line.version + 1, updated_at = now()
    from (
      select line_id, (case
        when abs(variance) * 100 <= ${check.acceptPercent}::numeric * expected
          and coalesce(abs(value) <= ${check.acceptValue}::numeric, true) then 'accepted'
        when rounds = 1 and expected > 0
          and abs(variance) * 100 <= ${check.recountPercent}::numeric * expected then 'recount'
        else 'counted' end)::inventory_check_line_status as status
      from ${countedLines(sql`line.check_id = ${check.id} and line.status = 'counted'`)} as counted
      where round = ${check.round}
    ) as judged
    where line.id = judged.line_id and judged.status <> 'counted'`)
}
