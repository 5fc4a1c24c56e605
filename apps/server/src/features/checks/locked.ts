import { inventoryCheckLines, inventoryChecks, type Tx } from '@stockbook/db'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { isCheckInside } from './isCheckInside.sql.ts'

type CheckRow = typeof inventoryChecks.$inferSelect
type Status = CheckRow['status']

/**
 * A check that the transaction may work on. With `share` others may count meanwhile, but nobody ends
 * the round; with `no key update` nobody else does anything with it.
 * @throws StockError NOT_FOUND
 */
export async function lockCheck(
  tx: Tx,
  { warehouseIds }: Actor,
  id: string,
  strength: 'share' | 'no key update',
): Promise<CheckRow> {
  const [row] = await tx
    .select()
    .from(inventoryChecks)
    .where(and(eq(inventoryChecks.id, id), isCheckInside(warehouseIds)))
    .for(strength)
  if (!row) throw new StockError('NOT_FOUND', { entity: 'check', id })
  return row
}

/** @throws StockError WRONG_STATE when a check is neither of this nor of that status. */
export function refuseWrongState(row: CheckRow, ...needed: Status[]): void {
  const { id, status, approvedAt, commandId } = row
  if (needed.includes(status)) return
  throw new StockError('WRONG_STATE', {
    entity: 'check',
    id,
    status,
    needed,
    ...(status === 'posted' && { approvedAt, commandId }),
  })
}

/** @throws StockError CHANGED_MEANWHILE when a check is not what the caller has read. */
export function refuseChanged(row: CheckRow, expectedVersion: number | undefined): void {
  const { id, version } = row
  if (expectedVersion !== undefined && expectedVersion !== version) {
    throw new StockError('CHANGED_MEANWHILE', { id, expectedVersion, version })
  }
}

/** Changes a check that the transaction has locked, and says so in the audit log. */
export async function changeCheck(
  tx: Tx,
  actor: Actor,
  before: CheckRow,
  changes: Partial<CheckRow>,
): Promise<void> {
  const [after] = await tx
    .update(inventoryChecks)
    .set({ ...changes, version: sql`${inventoryChecks.version} + 1`, updatedAt: sql`now()` })
    .where(eq(inventoryChecks.id, before.id))
    .returning()
  await recordChange(tx, actor, {
    entity: 'check',
    entityId: before.id,
    before,
    after: after!,
  })
}

/** What every change of a line does besides. */
export const touched = {
  version: sql`${inventoryCheckLines.version} + 1`,
  updatedAt: sql`now()`,
}
