import { preparedStatement } from '@stockbook/db'

export type PostedCount = {
  /** Which of the questions this answers, from 1. */
  asked: number
  checkLineId: string
  title: string
  countedMs: number
}

/**
 * For each question the first posted count that saw the effect of what happened at a moment and has, or
 * will get, a position in the book. What carries a count into the book, or keeps one right, happened at
 * that count. A count whose adjustment was taken back is none.
 */
export const postedCountsAfter = preparedStatement<PostedCount>(
  'posted_counts_after',
  `select asked.number::float8 as asked, counted.id as "checkLineId", checks.title,
    (extract(epoch from counted.counted_at) * 1000)::float8 as "countedMs"
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::bigint[])
    with ordinality as asked(product_id, location_id, lot_id, at, position, number)
  left join stock_movements moved on moved.id = asked.position
  left join inventory_check_lines own on own.id = moved.check_line_id
  left join uncounted_movements uncounted on uncounted.movement_id = moved.id
  cross join lateral (
    select line.id, line.check_id, line.counted_at
    from inventory_check_lines line
    cross join lateral (
      select book_position from inventory_check_counts where line_id = line.id order by id desc limit 1
    ) as last
    where line.status = 'posted' and line.product_id = asked.product_id
      and line.location_id = asked.location_id and line.lot_id is not distinct from asked.lot_id
      and line.counted_at >= coalesce(own.counted_at, asked.at)
      and case when own.id is null
        then (line.counted_at, last.book_position) >= (asked.at, asked.position)
        else line.counted_at > own.counted_at end
      and (uncounted.movement_id is null or last.book_position >= moved.id)
      and not exists (
        select from stock_movements adjustment
        join stock_movements reversal on reversal.reverses_id = adjustment.id
        where adjustment.check_line_id = line.id and adjustment.compensates_id is null)
    order by line.counted_at, line.id limit 1
  ) as counted
  join inventory_checks checks on checks.id = counted.check_id`,
)

export type WrittenCompensation = {
  id: number
  compensatesId: number
  locationId: string
  quantity: number
  occurredMs: number
  isReversed: boolean
}

/** The adjustments that compensate for these movements. */
export const compensationsOf = preparedStatement<WrittenCompensation>(
  'compensations_of',
  `select id::float8 as id, compensates_id::float8 as "compensatesId",
    coalesce(from_location_id, to_location_id) as "locationId", quantity::float8 as quantity,
    (extract(epoch from occurred_at) * 1000)::float8 as "occurredMs",
    exists (select from stock_movements reversal where reversal.reverses_id = stock_movements.id)
      as "isReversed"
  from stock_movements where compensates_id = any($1::bigint[])`,
)

/** Remembers of movements that no earlier count saw them. */
export const insertUncounted = preparedStatement(
  'insert_uncounted',
  'insert into uncounted_movements (movement_id) select unnest($1::bigint[])',
)
