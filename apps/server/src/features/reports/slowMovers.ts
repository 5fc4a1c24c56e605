import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Operands } from '../../lists/where.ts'
import type { Reader, Report } from './page.ts'
import { goods, isOfCategory, isPlace, onHandBy, stands, unitValue } from './scope.sql.ts'

type Input = ParsedInput<typeof contract.reports.slowMovers> & Reader

type Row = {
  productId: string
  sku: string
  productName: string
  baseUnit: string
  onHand: number
  value: string | null
  lastOutgoingMs: number | null
  idleDays: number | null
}

type Told = Omit<Row, 'lastOutgoingMs'> & { lastOutgoingAt: Date | null }

const sortKeys = {
  lastOutgoing: sql`coalesce(extract(epoch from last_outgoing), -1e12)::numeric`,
  value: sql`coalesce(worth, 0)::numeric`,
}

const operands: Operands<Input['where']> = {
  sku: { by: sql`report.sku`, isCaseless: true },
  productName: sql`report."productName"`,
  baseUnit: sql`report."baseUnit"`,
  onHand: sql`report."onHand"`,
  value: sql`report."value"::numeric`,
  lastOutgoingAt: sql`to_timestamp(report."lastOutgoingMs" / 1000)`,
  idleDays: sql`report."idleDays"`,
}

/**
 * When something of a product, `p`, went out last. Of some products it is looked up for each; of all, the
 * book is read once, which takes a fraction of so many looks.
 */
function lastOutgoing(input: Input): SQL {
  const isOne = sql`m.type = 'outgoing' and ${stands} and ${isPlace(sql`m.from_location_id`, input)}`
  return input.categoryId || input.locationId
    ? sql`lateral (
        select m.occurred_at as last_outgoing from stock_movements m
        where m.product_id = p.id and ${isOne}
        order by m.occurred_at desc, m.id desc limit 1
      ) o on true`
    : sql`(
        select m.product_id, max(m.occurred_at) as last_outgoing from stock_movements m
        where ${isOne} group by m.product_id
      ) o on o.product_id = p.id`
}

/** Products on hand of which nothing went out for long. */
export function slowMovers(input: Input): Report<Row, Told> {
  const rows = sql`
    select id, "productId", sku, "productName", "baseUnit", "onHand",
      trim_scale(worth)::text as value, ${sortKeys[input.sort]} as "sortKey",
      (extract(epoch from last_outgoing) * 1000)::float8 as "lastOutgoingMs",
      floor(extract(epoch from now() - last_outgoing) / 86400)::float8 as "idleDays"
    from (
      select p.id::text as id, ${goods}, h.on_hand::float8 as "onHand",
        h.on_hand * ${unitValue} as worth, o.last_outgoing
      from products p
        join (${onHandBy(input)}) h on h.product_id = p.id
        left join ${lastOutgoing(input)}
      where ${isOfCategory(input)}
    ) as stocked
    where last_outgoing is null or last_outgoing <= now() - ${input.days} * interval '1 day'`
  return {
    name: 'slowMovers',
    rows,
    operands,
    keyType: 'numeric',
    tell: (_db, found) =>
      found.map(({ lastOutgoingMs, ...row }) => ({
        ...row,
        lastOutgoingAt: lastOutgoingMs === null ? null : new Date(lastOutgoingMs),
      })),
  }
}
