import type { contract, ParsedInput } from '@stockbook/client/contract'
import { sql } from 'drizzle-orm'
import { asFound, type Reader, type Report } from './page.ts'
import { isOfCategory, isPlace } from './scope.sql.ts'

type Input = ParsedInput<typeof contract.reports.movementSummary> & Reader

/**
 * By the name that databases know too: of other names, the runtime takes some that they refuse, and
 * some that mean another place to them, like `IST`.
 */
const canonicalZone = (timeZone: string) =>
  new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone

type Row = {
  period: string
  incoming: number
  outgoing: number
  transferred: number
  adjusted: number
  movements: number
  arrivals: number
  shipments: number
  transfers: number
  adjustments: number
}

/** What came and went, by period. Periods without a movement are left out. */
export function movementSummary(input: Input): Report<Row> {
  const isInside = (side: 'from' | 'to') => {
    const column = sql.raw(`m.${side}_location_id`)
    return sql`(${column} is not null and ${isPlace(column, input)})`
  }
  const sumOf = (type: string) =>
    sql`coalesce(sum(quantity) filter (where type = ${type}), 0)::float8`
  const countOf = (type: string) => sql`(count(*) filter (where type = ${type}))::float8`
  const period = sql`to_char(period, 'YYYY-MM-DD')`
  const rows = sql`
    select ${period} as "sortKey", ${period} as id, ${period} as period,
      ${sumOf('incoming')} as incoming, ${sumOf('outgoing')} as outgoing,
      ${sumOf('transfer')} as transferred,
      coalesce(sum(case when is_to then quantity else -quantity end)
        filter (where type = 'adjustment'), 0)::float8 as adjusted,
      count(*)::float8 as movements, ${countOf('incoming')} as arrivals,
      ${countOf('outgoing')} as shipments, ${countOf('transfer')} as transfers,
      ${countOf('adjustment')} as adjustments
    from (
      select m.type, m.quantity, ${isInside('to')} as is_to,
        date_trunc(${input.by}, m.occurred_at at time zone ${canonicalZone(input.timeZone)}) as period
      from stock_movements m ${input.categoryId ? sql`join products p on p.id = m.product_id` : sql``}
      where m.occurred_at >= ${input.from.toISOString()}::timestamptz
        and m.occurred_at < ${input.before.toISOString()}::timestamptz
        and ${isOfCategory(input)}
        and ${input.productId ? sql`m.product_id = ${input.productId}` : sql`true`}
        and (${isInside('from')} or ${isInside('to')})
    ) as moved group by period`
  return { name: 'movementSummary', rows, keyType: 'text', tell: asFound }
}
