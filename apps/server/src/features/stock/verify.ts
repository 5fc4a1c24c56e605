import { type Db, stockLevels, stockMovements } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** At most this many faults are told at once. */
const toldFaults = 100

type FaultRow = {
  product_id: string
  location_id: string
  lot_id: string | null
  on_hand: string
  summed: string
  below_zero_at_ms: string | null
}

/**
 * Sums up the whole book and compares: each level is the sum of its movements, and no sum was ever
 * below zero. Reads one snapshot, so movements that are posted meanwhile disturb nothing.
 */
export function verifyStock(db: Db) {
  return db.transaction(
    async (tx) => {
      const { rows } = await tx.execute<FaultRow>(sql`
        with moved as (
          select product_id, to_location_id as location_id, lot_id, quantity as change, occurred_at
          from ${stockMovements} where to_location_id is not null
          union all
          select product_id, from_location_id, lot_id, -quantity, occurred_at
          from ${stockMovements} where from_location_id is not null
        ), at_moment as (
          select product_id, location_id, lot_id, occurred_at, sum(change) as change
          from moved group by product_id, location_id, lot_id, occurred_at
        ), running as (
          select *, sum(change) over (
            partition by product_id, location_id, lot_id order by occurred_at) as balance
          from at_moment
        ), summed as (
          select product_id, location_id, lot_id, sum(change) as summed,
            min(occurred_at) filter (where balance < 0) as below_zero_at
          from running group by product_id, location_id, lot_id
        ), compared as (
          select s.product_id, s.location_id, s.lot_id, 0 as on_hand, s.summed, s.below_zero_at
          from summed s where not exists (
            select from ${stockLevels} l where l.product_id = s.product_id
              and l.location_id = s.location_id and l.lot_id is not distinct from s.lot_id)
          union all
          select l.product_id, l.location_id, l.lot_id, l.on_hand, coalesce(s.summed, 0), s.below_zero_at
          from ${stockLevels} l left join summed s on s.product_id = l.product_id
            and s.location_id = l.location_id and s.lot_id is not distinct from l.lot_id
        )
        select product_id, location_id, lot_id, on_hand, summed,
          (extract(epoch from below_zero_at) * 1000)::bigint as below_zero_at_ms
        from compared where on_hand <> summed or below_zero_at is not null
        order by product_id, location_id, lot_id limit ${toldFaults}`)
      const faults = rows.map((row) => ({
        productId: row.product_id,
        locationId: row.location_id,
        lotId: row.lot_id,
        onHand: Number(row.on_hand),
        summed: Number(row.summed),
        belowZeroAt: row.below_zero_at_ms === null ? null : new Date(Number(row.below_zero_at_ms)),
      }))
      return {
        ok: faults.length === 0,
        checkedMovements: await tx.$count(stockMovements),
        checkedLevels: await tx.$count(stockLevels),
        faults,
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
