import {
  type Connection,
  inventoryCheckCounts,
  inventoryCheckLines,
  products,
  stockLevels,
  stockMovements,
  uncountedMovements,
} from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'

/**
 * Whether a movement stands after a count. A reversal says that its movement never happened, so it
 * stands where that one does; what carries a count into the book, or keeps one right, stands at that
 * count; and what no count saw stands after all that had been taken when the book learned of it.
 */
const standsAfterCount = sql`case
  when posted.id is not null then posted.counted_at > last.counted_at
  else (coalesce(original.occurred_at, moved.occurred_at), coalesce(original.id, moved.id))
      > (last.counted_at, last.book_position)
    or (uncounted.movement_id is not null and uncounted.movement_id > last.book_position) end`

/** Movements of the goods of `line` that may stand after its count: all others do not. */
const candidates = sql`(
  select * from ${stockMovements}
  where product_id = line.product_id and lot_id is not distinct from line.lot_id
    and (to_location_id = line.location_id or from_location_id = line.location_id)
    and occurred_at >= last.counted_at
  union all
  select one.* from ${uncountedMovements} late
  join ${stockMovements} one on one.id = late.movement_id or one.reverses_id = late.movement_id
  where late.movement_id > last.book_position and one.occurred_at < last.counted_at
    and one.product_id = line.product_id and one.lot_id is not distinct from line.lot_id
    and (one.to_location_id = line.location_id or one.from_location_id = line.location_id))`

/**
 * The counted ones of the lines for which `which` holds, each with its last count and with what the
 * book now says that there was at that moment: what is on hand, less what moved after the count. So
 * a movement that is learned of late and happened before the count was expected in it. Once a line
 * is posted, its figures are those of its posting.
 *
 * Columns: `line_id`, `status`, `product_id`, `location_id`, `lot_id`, `counted_at`, `round`,
 * `rounds` (in how many it was counted), `counted`, `expected`, `variance`, `unit_cost`, `value`
 * (of the variance) and `moved_since`.
 * @param which a condition on `line`, a row of `inventory_check_lines`
 */
export const countedLines = (which: SQL): SQL => sql`(
  select line.id as line_id, line.status, line.product_id, line.location_id, line.lot_id,
    last.counted_at, last.round, last.rounds, last.quantity as counted,
    book.expected, last.quantity - book.expected as variance, cost.unit_cost,
    (last.quantity - book.expected) * cost.unit_cost as value, later.movements as moved_since
  from ${inventoryCheckLines} line
  join ${products} product on product.id = line.product_id
  cross join lateral (
    select one.*, (select count(distinct round) from ${inventoryCheckCounts} where line_id = line.id) as rounds
    from ${inventoryCheckCounts} one where one.line_id = line.id order by one.id desc limit 1
  ) as last
  left join ${stockLevels} level on level.product_id = line.product_id
    and level.location_id = line.location_id and level.lot_id is not distinct from line.lot_id
  cross join lateral (
    select count(*) as movements, coalesce(sum(
      case when moved.to_location_id = line.location_id then moved.quantity else -moved.quantity end
    ), 0) as change
    from ${candidates} moved
    left join ${stockMovements} original on original.id = moved.reverses_id
      and not exists (select from ${uncountedMovements} where movement_id = moved.id)
    left join ${uncountedMovements} uncounted
      on uncounted.movement_id = coalesce(original.id, moved.id)
    left join ${inventoryCheckLines} posted
      on posted.id = coalesce(original.check_line_id, moved.check_line_id)
    where ${standsAfterCount}
  ) as later
  cross join lateral (
    select case line.status when 'posted' then line.expected
      else coalesce(level.on_hand, 0) - later.change end as expected
  ) as book
  cross join lateral (
    select case line.status when 'posted' then line.unit_cost
      else coalesce(product.unit_cost, product.unit_price) end as unit_cost
  ) as cost
  where ${which})`

type FigureRow = {
  line_id: string
  expected: string
  variance: string
  percent: string | null
  value: string | null
  moved_since: string
}

/** The figures of lines that have been counted, by line. */
export async function figuresOf(db: Connection, lineIds: readonly string[]) {
  const { rows } = await db.execute<FigureRow>(sql`
    select line_id, expected, variance, moved_since, trim_scale(value)::text as value,
      trim_scale(round(variance * 100 / nullif(expected, 0)::numeric, 4))::text as percent
    from ${countedLines(sql`line.id = any(${sql.param(lineIds)}::uuid[])`)} as counted`)
  return new Map(
    rows.map((row) => [
      row.line_id,
      {
        expected: Number(row.expected),
        variance: Number(row.variance),
        variancePercent: row.percent,
        varianceValue: row.value,
        movedSince: Number(row.moved_since),
      },
    ]),
  )
}
