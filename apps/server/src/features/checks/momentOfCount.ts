import { stockLevels, stockMovements, type Tx } from '@stockbook/db'
import { and, eq, max, sql } from 'drizzle-orm'
import { StockError } from '../../errors.ts'

type Goods = { productId: string; locationId: string; lotId: string | null }

/** How far ahead of ours the clock of a scanner may run. */
const clockToleranceMs = 5 * 60 * 1000

/**
 * When a count happened, and how far the book had come by then. A count without a date happens
 * after all that the book knows of these goods, as a movement without a date does.
 * @throws StockError OCCURRED_AT_IN_FUTURE
 */
export async function momentOfCount(
  tx: Tx,
  { productId, locationId, lotId }: Goods,
  requested: Date | undefined,
): Promise<{ countedAt: Date; bookPosition: number }> {
  // Waits for a movement of these goods that is being posted, and holds off the next.
  const [level] = await tx
    .select({ lastOccurredAt: stockLevels.lastOccurredAt })
    .from(stockLevels)
    .where(
      and(
        eq(stockLevels.productId, productId),
        eq(stockLevels.locationId, locationId),
        sql`${stockLevels.lotId} is not distinct from ${lotId}::uuid`,
      ),
    )
    .for('share')
  const [book] = await tx
    .select({
      position: max(stockMovements.id),
      nowMs: sql`floor(extract(epoch from clock_timestamp()) * 1000)`.mapWith(Number),
    })
    .from(stockMovements)
  const now = new Date(book!.nowMs)
  if (requested && requested.getTime() > now.getTime() + clockToleranceMs) {
    throw new StockError('OCCURRED_AT_IN_FUTURE', { countedAt: requested, now })
  }
  const latest = Math.max(now.getTime(), level?.lastOccurredAt.getTime() ?? 0)
  // A clock that runs ahead has counted now: else what moves next would seem to come before.
  const countedAt = new Date(Math.min(requested?.getTime() ?? latest, latest))
  return { countedAt, bookPosition: book!.position ?? 0 }
}
