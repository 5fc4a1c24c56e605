import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, stockLevels, stockMovements } from '@stockbook/db'
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import type { Actor } from '../../../context.ts'
import { isPlace } from '../../locations/warehouseScope.sql.ts'
import { onEitherSide } from '../../movements/book.sql.ts'
import { selectMovements } from '../../movements/movements.ts'

type Filter = Pick<ParsedInput<typeof contract.stock.changes>, 'productId' | 'locationId'>

/** At most so many movements travel together. */
const maxChanges = 200

/** One statement looks through no more positions than these: with a filter, few may be of interest. */
const maxPositions = 20_000

/**
 * The next movements after a position and up to a settled one, in the order of the book, and the
 * position up to which they are all.
 */
export async function readChanges(
  db: Db,
  { warehouseIds }: Actor,
  filter: Filter,
  after: number,
  settled: number,
) {
  const { productId, locationId } = filter
  const end = Math.min(settled, after + maxPositions)
  const changes = await selectMovements(db, warehouseIds, {})
    .where(
      and(
        gt(stockMovements.id, after),
        lte(stockMovements.id, end),
        productId ? eq(stockMovements.productId, productId) : undefined,
        onEitherSide((column) => isPlace(column, locationId, warehouseIds)),
      ),
    )
    .orderBy(asc(stockMovements.id))
    .limit(maxChanges)
  const position = changes.length < maxChanges ? end : changes.at(-1)!.id
  return { position, changes, levels: await levelsOf(db, changes) }
}

type Change = Awaited<ReturnType<typeof selectMovements>>[number]

/** What is on hand now where these movements were. */
async function levelsOf(db: Db, changes: readonly Change[]) {
  if (changes.length === 0) return []
  const keys = changes.flatMap(({ productId, lotId, fromLocationId, toLocationId }) =>
    [fromLocationId, toLocationId]
      .filter((locationId) => locationId !== null)
      .map((locationId) => ({ product_id: productId, location_id: locationId, lot_id: lotId })),
  )
  return db
    .select({
      productId: stockLevels.productId,
      locationId: stockLevels.locationId,
      lotId: stockLevels.lotId,
      onHand: stockLevels.onHand,
    })
    .from(stockLevels)
    .where(
      sql`exists (
        select from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
          as key (product_id uuid, location_id uuid, lot_id uuid)
        where key.product_id = ${stockLevels.productId}
          and key.location_id = ${stockLevels.locationId}
          and key.lot_id is not distinct from ${stockLevels.lotId})`,
    )
    .orderBy(stockLevels.id)
}
