import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inventoryCheckCounts, inventoryCheckLines, locations, users } from '@stockbook/db'
import { asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { getCheck } from './checks.ts'
import { countedLines } from './counted.sql.ts'
import { StockError } from '../../errors.ts'

type Row = {
  location_id: string | null
  location_code: string | null
  lines: string
  counted: string
  exact: string
  accuracy: string | null
  net_units: string
  absolute_units: string
  net_value: string
  absolute_value: string
}

/** How right the book was, over all and by location. */
export async function reportCheck(
  db: Db,
  actor: Actor,
  { id }: ParsedInput<typeof contract.checks.report>,
) {
  const { status } = await getCheck(db, actor, id)
  if (status === 'open') {
    throw new StockError('WRONG_STATE', {
      entity: 'check',
      id,
      status,
      needed: ['review', 'posted', 'cancelled'],
    })
  }
  const { rows } = await db.execute<Row>(sql`
    select place.id as location_id, place.code as location_code,
      count(*) as lines, count(counted.line_id) as counted,
      count(*) filter (where variance = 0) as exact,
      trim_scale(round(count(*) filter (where variance = 0) * 100
        / nullif(count(counted.line_id), 0)::numeric, 4))::text as accuracy,
      coalesce(sum(variance), 0) as net_units, coalesce(sum(abs(variance)), 0) as absolute_units,
      trim_scale(coalesce(sum(value), 0))::text as net_value,
      trim_scale(coalesce(sum(abs(value)), 0))::text as absolute_value
    from ${inventoryCheckLines} line
    join ${locations} place on place.id = line.location_id
    left join ${countedLines(sql`line.check_id = ${id}`)} as counted
      on counted.line_id = line.id
    where line.check_id = ${id}
    group by grouping sets ((), (place.id, place.code))
    order by place.code nulls first`)
  const [total, ...places] = rows
  return {
    ...toFigures(total!),
    counters: await countersOf(db, id),
    locations: places.map((row) => ({
      locationId: row.location_id!,
      locationCode: row.location_code!,
      ...toFigures(row),
    })),
  }
}

function countersOf(db: Db, checkId: string) {
  return db
    .selectDistinct({ userId: users.id, name: users.displayName })
    .from(inventoryCheckCounts)
    .innerJoin(inventoryCheckLines, eq(inventoryCheckLines.id, inventoryCheckCounts.lineId))
    .innerJoin(users, eq(users.id, inventoryCheckCounts.countedBy))
    .where(eq(inventoryCheckLines.checkId, checkId))
    .orderBy(asc(users.displayName), asc(users.id))
}

const toFigures = (row: Row) => ({
  lines: Number(row.lines),
  counted: Number(row.counted),
  exact: Number(row.exact),
  accuracyPercent: row.accuracy,
  netUnits: Number(row.net_units),
  absoluteUnits: Number(row.absolute_units),
  netValue: row.net_value,
  absoluteValue: row.absolute_value,
})
