import { type Connection, lots, stockMovements } from '@stockbook/db'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Goods } from '../reservations/goods.sql.ts'

/**
 * Goods in the order in which they should go: the first to expire first (what does not expire, at
 * the end), of those the lot that came first, then by the picker's way through the bins.
 */
export async function firstToExpireFirst(
  db: Connection,
  goods: readonly Goods[],
): Promise<Goods[]> {
  const came = await firstArrivals(db, lotsThatExpireTogether(goods))
  return goods.toSorted(
    (one, other) =>
      compare(one.expiresOn ?? never, other.expiresOn ?? never) ||
      compare(came.get(one.lotId) ?? 0, came.get(other.lotId) ?? 0) ||
      compare(one.pickSequence ?? Infinity, other.pickSequence ?? Infinity) ||
      compare(one.locationCode, other.locationCode) ||
      compare(one.lotCode ?? '', other.lotCode ?? ''),
  )
}

/** Sorts after every day. */
const never = '~'

const compare = <T extends string | number>(one: T, other: T) =>
  one < other ? -1 : one > other ? 1 : 0

/** Only between these does it matter which came first. */
function lotsThatExpireTogether(goods: readonly Goods[]): string[] {
  const byDay = new Map<string, Set<string>>()
  for (const { lotId, expiresOn } of goods) {
    if (lotId === null) continue
    const day = expiresOn ?? never
    byDay.set(day, (byDay.get(day) ?? new Set()).add(lotId))
  }
  return [...byDay.values()].flatMap((lotIds) => (lotIds.size > 1 ? [...lotIds] : []))
}

/** When each lot first moved, in milliseconds. */
async function firstArrivals(
  db: Connection,
  lotIds: readonly string[],
): Promise<Map<string | null, number>> {
  if (lotIds.length === 0) return new Map()
  const first = sql<Date>`(select min(${stockMovements.occurredAt}) from ${stockMovements}
    where ${eq(stockMovements.lotId, lots.id)})`.mapWith(stockMovements.occurredAt)
  const rows = await db
    .select({ id: lots.id, first })
    .from(lots)
    .where(inArray(lots.id, [...lotIds]))
  return new Map(rows.map((row) => [row.id, row.first.getTime()]))
}
