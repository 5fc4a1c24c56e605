import { inventoryCheckLines, products, stockLevels, type Tx } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { countedLines } from './counted.sql.ts'

const isPostable = (checkId: string) =>
  sql`line.check_id = ${checkId} and line.status in ('accepted', 'counted')`

/**
 * Holds the levels of all that was counted, also of what was as expected: nothing of it is learned of
 * meanwhile. In the order in which everybody locks: products, for who sets their goods aside, then levels.
 */
export async function lockCountedLevels(tx: Tx, checkId: string): Promise<void> {
  await tx.execute(sql`
    select from ${products} product
    where product.id in (
      select line.product_id from ${inventoryCheckLines} line where ${isPostable(checkId)})
    order by product.id for no key update`)
  await tx.execute(sql`
    select from ${stockLevels} level
    where (level.product_id, level.location_id) in (
      select line.product_id, line.location_id from ${inventoryCheckLines} line
      where ${isPostable(checkId)})
    order by level.product_id, level.location_id, level.lot_id for update`)
}

export type Variance = {
  lineId: string
  productId: string
  locationId: string
  lotId: string | null
  countedAt: Date
  expected: number
  counted: number
  unitCost: string | null
}

type Row = {
  line_id: string
  product_id: string
  location_id: string
  lot_id: string | null
  counted_at_ms: string
  expected: string
  counted: string
  unit_cost: string | null
}

/** What was counted of each line, and what had been expected. */
export async function readVariances(tx: Tx, checkId: string): Promise<Variance[]> {
  const { rows } = await tx.execute<Row>(sql`
    select line_id, product_id, location_id, lot_id, expected, counted, unit_cost,
      (extract(epoch from counted_at) * 1000)::bigint as counted_at_ms
    from ${countedLines(isPostable(checkId))} as counted
    order by counted_at, product_id, location_id, lot_id`)
  return rows.map((row) => ({
    lineId: row.line_id,
    productId: row.product_id,
    locationId: row.location_id,
    lotId: row.lot_id,
    countedAt: new Date(Number(row.counted_at_ms)),
    expected: Number(row.expected),
    counted: Number(row.counted),
    unitCost: row.unit_cost,
  }))
}

/** Keeps with the lines what they are posted with. */
export async function markPosted(tx: Tx, variances: readonly Variance[]): Promise<void> {
  await tx.execute(sql`
    update ${inventoryCheckLines} line set status = 'posted', counted_at = posted.counted_at,
      expected = posted.expected, counted = posted.counted, unit_cost = posted.unit_cost,
      version = line.version + 1, updated_at = now()
    from unnest(
      ${sql.param(variances.map((one) => one.lineId))}::uuid[],
      ${sql.param(variances.map((one) => one.countedAt.toISOString()))}::timestamptz[],
      ${sql.param(variances.map((one) => one.expected))}::bigint[],
      ${sql.param(variances.map((one) => one.counted))}::bigint[],
      ${sql.param(variances.map((one) => one.unitCost))}::numeric[]
    ) as posted(line_id, counted_at, expected, counted, unit_cost)
    where line.id = posted.line_id`)
}
