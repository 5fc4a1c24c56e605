import { type Connection, locations } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** For each location by its id: itself, and every location that it stands in. */
export async function pathsOf(
  db: Connection,
  locationIds: Iterable<string>,
): Promise<Map<string, string[]>> {
  const ids = [...new Set(locationIds)]
  const { rows } = await db.execute<{ id: string; path: string[] }>(sql`
    with recursive up as (
      select id, id as place from unnest(${sql.param(ids)}::uuid[]) as asked(id)
      union all
      select up.id, place.parent_id from up join ${locations} place on place.id = up.place
      where place.parent_id is not null
    )
    select id, array_agg(place::text) as path from up group by id`)
  return new Map(rows.map(({ id, path }) => [id, path]))
}
