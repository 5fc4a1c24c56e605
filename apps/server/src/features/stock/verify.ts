import { type Db, inSnapshot, stockLevels, stockMovements, stockPeriodSums } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** Longer than other statements may take: it reads everything. */
const provingMinutes = 10

/** At most this many faults are told at once. */
const toldFaults = 100

type FaultRow = {
  product_id: string
  location_id: string
  lot_id: string | null
  on_hand: string
  summed: string
  below_zero_at_ms: string | null
  sums_wrong_on: string | null
}

/**
 * Sums up the whole book and compares: each level is the sum of its movements, no sum was ever
 * below zero, and the kept sums of days and months are those of their movements. Reads one snapshot, so movements that are posted meanwhile disturb nothing.
 */
export function verifyStock(db: Db) {
  return inSnapshot(db, async (tx) => {
    await tx.execute(sql`set local statement_timeout = ${sql.raw(`'${provingMinutes}min'`)}`)
    const { rows } = await tx.execute<FaultRow>(sql`
        with moved as (
          select product_id, to_location_id as location_id, lot_id, quantity as change, occurred_at, recorded_at
          from ${stockMovements} where to_location_id is not null
          union all
          select product_id, from_location_id, lot_id, -quantity, occurred_at, recorded_at
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
        ), by_day as (
          select l.id as level_id, m.occurred_on, m.recorded_on, m.change
          from (
            select product_id, location_id, lot_id, (occurred_at at time zone 'UTC')::date as occurred_on,
              (recorded_at at time zone 'UTC')::date as recorded_on, sum(change) as change
            from moved group by 1, 2, 3, 4, 5
          ) as m join ${stockLevels} l on l.product_id = m.product_id
            and l.location_id = m.location_id and l.lot_id is not distinct from m.lot_id
        ), period_difference as (
          select level_id, 'day'::stock_period as period, occurred_on, recorded_on, change, false as is_kept
          from by_day
          union all
          select level_id, 'month', date_trunc('month', occurred_on::timestamp)::date,
            date_trunc('month', recorded_on::timestamp)::date, change, false from by_day
          union all
          select level_id, period, occurred_on, recorded_on, -change, true from ${stockPeriodSums}
          union all
          select id, 'day', open_on, open_on, -open_day_change, true
          from ${stockLevels} where open_on is not null
          union all
          select id, 'month', date_trunc('month', open_on::timestamp)::date,
            date_trunc('month', open_on::timestamp)::date, -open_month_change, true
          from ${stockLevels} where open_on is not null
        ), wrong_period as (
          select level_id, occurred_on from period_difference
          group by level_id, period, occurred_on, recorded_on
          having sum(change) <> 0
            -- What was learned late is found by its day, even if it comes to nothing.
            or (period = 'day' and occurred_on <> recorded_on and not bool_or(is_kept))
        ), wrong_sums as (
          select l.product_id, l.location_id, l.lot_id, min(w.occurred_on) as occurred_on
          from wrong_period w join ${stockLevels} l on l.id = w.level_id
          group by l.id
        )
        select c.product_id, c.location_id, c.lot_id, c.on_hand, c.summed,
          (extract(epoch from c.below_zero_at) * 1000)::bigint as below_zero_at_ms,
          w.occurred_on::text as sums_wrong_on
        from compared c left join wrong_sums w on w.product_id = c.product_id
          and w.location_id = c.location_id and w.lot_id is not distinct from c.lot_id
        where c.on_hand <> c.summed or c.below_zero_at is not null or w.occurred_on is not null
        order by c.product_id, c.location_id, c.lot_id limit ${toldFaults}`)
    const faults = rows.map((row) => ({
      productId: row.product_id,
      locationId: row.location_id,
      lotId: row.lot_id,
      onHand: Number(row.on_hand),
      summed: Number(row.summed),
      belowZeroAt: row.below_zero_at_ms === null ? null : new Date(Number(row.below_zero_at_ms)),
      sumsWrongOn: row.sums_wrong_on,
    }))
    return {
      ok: faults.length === 0,
      checkedMovements: await tx.$count(stockMovements),
      checkedLevels: await tx.$count(stockLevels),
      faults,
    }
  })
}
