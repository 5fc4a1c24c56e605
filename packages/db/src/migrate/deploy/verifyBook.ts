import type { Queryable } from '../run/journal.ts'

// Every level must be the sum of its movements. The null-safe comparison is for goods without a lot.
const disagreements = `
with sides as (
  select product_id, lot_id, to_location_id as location_id, quantity from stock_movements where to_location_id is not null
  union all
  select product_id, lot_id, from_location_id, -quantity from stock_movements where from_location_id is not null
),
sums as (select product_id, location_id, lot_id, sum(quantity) as booked from sides group by 1, 2, 3)
select coalesce(l.product_id, s.product_id) as product, coalesce(l.location_id, s.location_id) as location,
  coalesce(l.lot_id, s.lot_id) as lot, coalesce(l.on_hand, 0)::text as level, coalesce(s.booked, 0)::text as booked
from stock_levels l full join sums s
  on (l.product_id, l.location_id) = (s.product_id, s.location_id) and coalesce(l.lot_id::text, '') = coalesce(s.lot_id::text, '')
where coalesce(l.on_hand, 0) <> coalesce(s.booked, 0)
limit 10`

/**
 * Proves that each stock level is the sum of its movements. Returns what disagrees, at most ten lines;
 * nothing for a database from before the book.
 */
export async function bookFaults(client: Queryable): Promise<string[]> {
  const { rows: found } = await client.query(
    `select to_regclass('stock_movements') is not null and to_regclass('stock_levels') is not null as there`,
  )
  if (!found[0].there) return []
  const { rows } = await client.query(disagreements)
  return rows.map(
    ({ product, location, lot, level, booked }) =>
      `product ${product} at ${location}${lot ? `, lot ${lot}` : ''}: level ${level}, movements ${booked}`,
  )
}
