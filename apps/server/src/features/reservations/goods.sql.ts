import { type Connection, locations, lots, stockLevels } from '@stockbook/db'
import { type SQL, sql } from 'drizzle-orm'
import type { Cell } from './allocation.ts'

/** What lies of a product in one bin, of one lot, with what decides whether it may go out. */
export type Goods = Cell & {
  productId: string
  locationId: string
  locationCode: string
  pickSequence: number | null
  lotCode: string | null
  lotStatus: 'available' | 'hold' | 'recalled' | null
  /** The last good day, `YYYY-MM-DD`. */
  expiresOn: string | null
}

type Row = Record<string, unknown> & {
  product_id: string
  location_id: string
  location_code: string
  pick_sequence: number | null
  path: string[]
  lot_id: string | null
  lot_code: string | null
  lot_status: Goods['lotStatus']
  expires_on: string | null
  on_hand: string
}

/** All that is on hand of the products. */
export async function goodsOf(db: Connection, productIds: readonly string[]): Promise<Goods[]> {
  const { rows } = await db.execute<Row>(sql`
    with recursive up as (
      select distinct location_id as bin, location_id as place from ${stockLevels}
      where product_id = any(${uuids(productIds)}) and on_hand > 0
      union all
      select up.bin, place.parent_id from up join ${locations} place on place.id = up.place
      where place.parent_id is not null
    ), path as (
      select bin, array_agg(place::text) as places from up group by bin
    )
    select level.product_id, level.location_id, bin.code as location_code, bin.pick_sequence,
      path.places as path, level.lot_id, lot.code as lot_code, lot.status as lot_status,
      lot.expires_on::text as expires_on, level.on_hand
    from ${stockLevels} level
    join path on path.bin = level.location_id
    join ${locations} bin on bin.id = level.location_id
    left join ${lots} lot on lot.id = level.lot_id
    where level.product_id = any(${uuids(productIds)}) and level.on_hand > 0
    order by level.product_id, lower(bin.code), lot.code, level.id`)
  return rows.map((row) => ({
    productId: row.product_id,
    locationId: row.location_id,
    locationCode: row.location_code,
    pickSequence: row.pick_sequence,
    path: row.path,
    lotId: row.lot_id,
    lotCode: row.lot_code,
    lotStatus: row.lot_status,
    expiresOn: row.expires_on,
    quantity: Number(row.on_hand),
  }))
}

/** Why goods may not go out on a day (`YYYY-MM-DD`); null when they may. */
export function whyUnavailable(
  { lotStatus, expiresOn }: Pick<Goods, 'lotStatus' | 'expiresOn'>,
  day: string,
): 'recalled' | 'hold' | 'expired' | null {
  if (lotStatus === 'recalled' || lotStatus === 'hold') return lotStatus
  return expiresOn !== null && expiresOn < day ? 'expired' : null
}

/** The day of a moment, `YYYY-MM-DD`, by the calendar of UTC. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

function uuids(values: readonly string[]): SQL {
  return sql`${sql.param(values)}::uuid[]`
}
