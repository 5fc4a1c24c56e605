import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, inventoryCheckCounts, inventoryCheckLines } from '@stockbook/db'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { getCheck } from './checks.ts'
import { changeCheck, lockCheck, refuseChanged, refuseWrongState, touched } from './locked.ts'

type Input = ParsedInput<typeof contract.checks.recount>

/** Sends lines back to be counted by somebody who has not counted them yet. */
export function recountLines(
  db: Db,
  actor: Actor,
  { id, expectedVersion, lineIds, remark }: Input,
) {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, actor, id, 'no key update')
    refuseWrongState(check, 'review')
    refuseChanged(check, expectedVersion)
    const sentBack = await tx
      .update(inventoryCheckLines)
      .set({
        status: sql`case when exists (select from ${inventoryCheckCounts} one
          where one.line_id = ${inventoryCheckLines.id})
          then 'recount' else 'to_count' end::inventory_check_line_status`,
        ...touched,
      })
      .where(and(eq(inventoryCheckLines.checkId, id), inArray(inventoryCheckLines.id, lineIds)))
      .returning({ id: inventoryCheckLines.id })
    const known = new Set(sentBack.map((line) => line.id))
    const value = lineIds.find((lineId) => !known.has(lineId))
    if (value)
      throw new StockError('REFERENCE_NOT_FOUND', { entity: 'line', field: 'lineIds', value })
    await changeCheck(tx, actor, check, {
      status: 'open',
      round: check.round + 1,
      remark: remark ?? check.remark,
    })
    return getCheck(tx, actor, id)
  })
}
