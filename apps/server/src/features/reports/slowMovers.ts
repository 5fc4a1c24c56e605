import type { contract, ParsedInput } from '@stockbook/client/contract'
import { sql } from 'drizzle-orm'
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

/** Products on hand of which nothing went out for long. */
export function slowMovers(input: Input): Report<Row, Told> {
  const rows = sql`
    select id, "productId", sku, "productName", "baseUnit", "onHand",
      trim_scale(worth)::text as value, ${sortKeys[input.sort]} as "sortKey",
      (extract(epoch from last_outgoing) * 1000)::float8 as "lastOutgoingMs",
      floor(extract(epoch from now() - last_outgoing) / 86400)::float8 as "idleDays"
    from (
      select p.id::text as id, ${goods}, h.on_hand::float8 as "onHand",
        h.on_hand * ${unitValue} as worth, o.occurred_at as last_outgoing
      from products p
        join (${onHandBy(input)}) h on h.product_id = p.id
        left join lateral (
          select m.occurred_at from stock_movements m
          where m.product_id = p.id and m.type = 'outgoing' and ${stands}
            and ${isPlace(sql`m.from_location_id`, input)}
          order by m.occurred_at desc, m.id desc limit 1
        ) o on true
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
