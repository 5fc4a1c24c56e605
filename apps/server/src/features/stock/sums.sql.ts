import { stockLevels, stockMovements, stockPeriodSums } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'
import { isPlace, type WarehouseScope } from '../locations/warehouseScope.sql.ts'

/**
 * What a level was at a moment: all that had happened by then and, with `knownAt`, that the book
 * knew of by then. Whole months and days come from `stock_period_sums`, the latest day and its month
 * from the level itself, and only the days that the two moments cut through from the movements.
 */
export function onHandAt(at: Date, knownAt: Date | undefined): SQL<number> {
  const happened = periodsOf(at)
  const known = knownAt ? periodsOf(knownAt) : null
  const parts = [
    sql`select change from ${stockPeriodSums}
      where level_id = ${stockLevels.id} and period = 'month' and occurred_on < ${happened.month}
      ${known ? sql`and recorded_on < ${known.month}` : sql``}`,
    sql`select change from ${stockPeriodSums}
      where level_id = ${stockLevels.id} and period = 'day'
      and occurred_on >= ${happened.month} and occurred_on < ${happened.day}
      ${known ? sql`and recorded_on < ${known.day}` : sql``}`,
    known
      ? sql`select change from ${stockPeriodSums}
          where level_id = ${stockLevels.id} and period = 'day' and occurred_on < ${happened.month}
          and recorded_on >= ${known.month} and recorded_on < ${known.day}`
      : null,
    sql`select ${openChange(happened, known)}`,
    movedOn(happened, at, knownAt),
    known && knownAt ? learnedOn(known, happened, knownAt) : null,
  ]
  const all = sql.join(
    parts.filter((part) => part !== null),
    sql` union all `,
  )
  return sql`(select coalesce(sum(change), 0) from (${all}) as parts)`.mapWith(Number)
}

type Periods = { day: SQL; month: SQL }

/** The day of UTC that a moment lies in, and the first of its month. */
function periodsOf(moment: Date): Periods {
  const day = moment.toISOString().slice(0, 10)
  return { day: sql`${day}::date`, month: sql`${`${day.slice(0, 8)}01`}::date` }
}

/** What stands on the level itself: of its latest day, and of that day's month. */
function openChange(happened: Periods, known: Periods | null): SQL {
  const { openOn, openDayChange, openMonthChange } = stockLevels
  const isMonthOver = known
    ? sql`${openOn} < least(${happened.month}, ${known.month})`
    : sql`${openOn} < ${happened.month}`
  const isDayOver = known
    ? sql`${openOn} < least(${happened.day}, ${known.day})`
    : sql`${openOn} < ${happened.day}`
  return sql`case when ${isMonthOver} then ${openMonthChange} when ${isDayOver} then ${openDayChange} else 0 end`
}

/** The movements of the day that `at` cuts through. */
function movedOn({ day }: Periods, at: Date, knownAt: Date | undefined): SQL {
  return moved(sql`occurred_at >= ${startOf(day)} and occurred_at <= ${moment(at)}
    ${knownAt ? sql`and recorded_at <= ${moment(knownAt)}` : sql``}`)
}

/**
 * What was learned, on the day that `knownAt` cuts through, of earlier days: the sums tell of which
 * days, so that only their movements are read.
 */
function learnedOn(known: Periods, happened: Periods, knownAt: Date): SQL {
  return sql`select late.change from (
      select occurred_on from ${stockPeriodSums} where level_id = ${stockLevels.id}
        and period = 'day' and occurred_on < ${happened.day} and recorded_on = ${known.day}
      union
      select ${known.day} where ${known.day} < ${happened.day}
    ) as learned cross join lateral (${moved(sql`
      occurred_at >= ${startOf(sql`learned.occurred_on`)}
      and occurred_at < ${startOf(sql`(learned.occurred_on + 1)`)}
      and recorded_at >= ${startOf(known.day)} and recorded_at <= ${moment(knownAt)}`)}
    ) as late`
}

/** Movements of the level, as changes to it. */
function moved(condition: SQL): SQL {
  const side = (sign: SQL, column: SQL) => sql`
    select ${sign} quantity as change from ${stockMovements}
    where product_id = ${stockLevels.productId} and ${column} = ${stockLevels.locationId}
      and lot_id is not distinct from ${stockLevels.lotId} and ${condition}`
  return sql`${side(sql``, sql`to_location_id`)} union all ${side(sql`-`, sql`from_location_id`)}`
}

/** Midnight of UTC, with which a day begins. */
const startOf = (day: SQL) => sql`(${day}::timestamp at time zone 'UTC')`

const moment = (value: Date) => sql`${value.toISOString()}::timestamptz`

/** Base units that a place gained by a movement, or lost. Without a place: all that is inside. */
export function changeAt(locationId: string | undefined, scope: WarehouseScope): SQL<number> {
  const isThere = (side: typeof stockMovements.toLocationId) =>
    isPlace(side, locationId, scope) ?? sql`${side} is not null`
  return sql`(${stockMovements.quantity} * (
    (case when ${isThere(stockMovements.toLocationId)} then 1 else 0 end)
    - (case when ${isThere(stockMovements.fromLocationId)} then 1 else 0 end)))`.mapWith(Number)
}
