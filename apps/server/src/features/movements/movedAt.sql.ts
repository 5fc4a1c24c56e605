import { type Connection, locations, stockLevels, stockMovements } from '@stockbook/db'
import { and, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { withinTree } from '../../lists/tree.sql.ts'
import { onEitherSide } from './book.sql.ts'

/** From so many levels on, a place is so large a part of the book that the book is walked. */
const lookedUpAtMost = 2000

/**
 * Whether a movement has a place, or one in it, on either side, and that place is inside. The movements of few levels are
 * looked up level by level, by the indexes that the book has anyway: one on the place alone would
 * make every posting dearer.
 */
export async function movedAt(
  db: Connection,
  locationId: string,
  isInside: (column: SQLWrapper) => SQL | undefined,
): Promise<SQL | undefined> {
  const isInTree = await withinTree(db, locations, locationId)
  const isThere = (column: SQLWrapper) => and(isInTree(column), isInside(column))
  const levels = sql`(select product_id, location_id from ${stockLevels}
    where ${isThere(sql`location_id`)} limit ${lookedUpAtMost + 1})`
  const { rows } = await db.execute<{ count: string }>(sql`select count(*) from ${levels} as level`)
  if (Number(rows[0]!.count) > lookedUpAtMost) return onEitherSide(isThere)
  return sql`${stockMovements.id} in (
    select moved.id from ${levels} as level cross join lateral (
      select id from ${stockMovements}
        where product_id = level.product_id and from_location_id = level.location_id
      union all
      select id from ${stockMovements}
        where product_id = level.product_id and to_location_id = level.location_id
    ) as moved)`
}
