import type { contract, ParsedInput } from '@stockbook/client/contract'
import { sql } from 'drizzle-orm'
import type { Operands } from '../../lists/where.ts'
import { asFound, type Reader, type Report } from './page.ts'
import { goods, isOfCategory, isPlace, unitValue } from './scope.sql.ts'

type Input = ParsedInput<typeof contract.reports.expiringLots> & Reader

type Row = {
  productId: string
  sku: string
  productName: string
  baseUnit: string
  lotId: string
  lotCode: string
  status: 'available' | 'hold' | 'recalled'
  expiresOn: string
  daysLeft: number
  locationId: string
  locationCode: string
  onHand: number
  value: string | null
}

const operands: Operands<Input['where']> = {
  sku: { by: sql`report.sku`, isCaseless: true },
  productName: sql`report."productName"`,
  baseUnit: sql`report."baseUnit"`,
  lotCode: sql`report."lotCode"`,
  status: sql`report."status"`,
  expiresOn: sql`report."expiresOn"::date`,
  daysLeft: sql`report."daysLeft"`,
  locationCode: { by: sql`report."locationCode"`, isCaseless: true },
  onHand: sql`report."onHand"`,
  value: sql`report."value"::numeric`,
}

/** Where lots lie that expire, or have. */
export function expiringLots(input: Input): Report<Row> {
  const today = sql`(now() at time zone 'utc')::date`
  const rows = sql`
    select to_char(lot.expires_on, 'YYYY-MM-DD') as "sortKey", l.id::text as id, ${goods},
      lot.id as "lotId", lot.code as "lotCode", lot.status,
      to_char(lot.expires_on, 'YYYY-MM-DD') as "expiresOn",
      (lot.expires_on - ${today})::float8 as "daysLeft", l.location_id as "locationId",
      place.code as "locationCode", l.on_hand::float8 as "onHand",
      trim_scale(l.on_hand * ${unitValue})::text as value
    from lots lot
      join stock_levels l on l.lot_id = lot.id and l.on_hand > 0
      join products p on p.id = lot.product_id
      join locations place on place.id = l.location_id
    where lot.expires_on <= ${input.until ? sql`${input.until}::date` : sql`${today} + 30`}
      and ${isPlace(sql`l.location_id`, input)} and ${isOfCategory(input)}`
  return { name: 'expiringLots', rows, operands, keyType: 'text', tell: asFound }
}
