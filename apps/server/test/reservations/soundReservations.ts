import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { TestServer } from '../../src/testing/testServer.ts'

/**
 * What is held is there, or said to be short; each reservation is the sum of its history; and what
 * was shipped against it is what the book says. By plain sums, apart from the server's own reckoning.
 */
export async function expectSoundReservations({ db }: TestServer): Promise<void> {
  const { rows: overHeld } = await db.execute<Record<string, unknown>>(sql`
    with recursive up as (
      select id, id as place from locations
      union all
      select up.id, l.parent_id from up join locations l on l.id = up.place
      where l.parent_id is not null
    ), there as (
      select up.place, s.product_id, sum(s.on_hand) as on_hand
      from stock_levels s join up on up.id = s.location_id group by up.place, s.product_id
    ), held as (
      select up.place, r.product_id, sum(r.quantity - r.shipped - r.released - r.short) as held
      from reservations r join up on up.id = r.location_id
      where r.expires_at is null or r.expires_at > now() group by up.place, r.product_id
    )
    select * from held left join there using (place, product_id)
    where held > coalesce(on_hand, 0)`)
  expect(overHeld).toEqual([])

  const { rows: unlikeHistory } = await db.execute<Record<string, unknown>>(sql`
    select r.id, r.shipped, r.released, r.short, history.* from reservations r
    cross join lateral (
      select coalesce(sum(quantity) filter (where kind = 'held'), 0) as began,
        coalesce(sum(quantity) filter (where kind = 'shipped'), 0)
          - coalesce(sum(quantity) filter (where kind = 'reversed'), 0) as went,
        coalesce(sum(quantity) filter (where kind in ('released', 'expired')), 0) as came_back
      from reservation_changes where reservation_id = r.id
    ) as history
    where (began, went, came_back) is distinct from
      (r.quantity::numeric, r.shipped::numeric, r.released::numeric)`)
  expect(unlikeHistory).toEqual([])

  const { rows: unlikeBook } = await db.execute<Record<string, unknown>>(sql`
    select r.id, r.shipped, sum(m.quantity) from reservations r
    left join stock_movements m on m.reservation_id = r.id
      -- What was taken back after somebody had given the rest back stays shipped.
      and not exists (select from stock_movements back
        join reservation_changes c on c.command_id = back.command_id and c.kind = 'reversed'
          and c.reservation_id = r.id
        where back.reverses_id = m.id)
    group by r.id having coalesce(sum(m.quantity), 0) <> r.shipped`)
  expect(unlikeBook).toEqual([])
}
