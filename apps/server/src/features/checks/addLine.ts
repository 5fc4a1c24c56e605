import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Db,
  inTransaction,
  inventoryCheckLines,
  locations,
  lots,
  products,
  type Tx,
} from '@stockbook/db'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { namedRow } from '../../masterData/rows.ts'
import { recordChange } from '../audit/record.ts'
import { refuseOutside } from '../locations/refuseOutside.ts'
import { getLine } from './lines.ts'
import { lockCheck, refuseWrongState } from './locked.ts'

type Input = ParsedInput<typeof contract.checks.addLine>

/** Adds a line for goods that were found where nothing was expected. A line that is there stays. */
export async function addLine(db: Db, actor: Actor, input: Input) {
  const id = await inTransaction(db, async (tx) => {
    refuseWrongState(await lockCheck(tx, actor, input.checkId, 'share'), 'open')
    const { locationId } = input
    await refuseOutside(tx, actor.warehouseIds, [{ field: 'locationId', locationId }])
    await refuseImpossible(tx, input)
    const [added] = await tx
      .insert(inventoryCheckLines)
      .values({ ...input, isFound: true })
      .onConflictDoNothing()
      .returning()
    if (!added) return findLineId(tx, input)
    await recordChange(tx, actor, {
      entity: 'check_line',
      entityId: added.id,
      before: null,
      after: added,
    })
    return added.id
  })
  return getLine(db, actor, id)
}

async function findLineId(tx: Tx, { checkId, productId, locationId, lotId }: Input) {
  const [line] = await tx
    .select({ id: inventoryCheckLines.id })
    .from(inventoryCheckLines)
    .where(
      and(
        eq(inventoryCheckLines.checkId, checkId),
        eq(inventoryCheckLines.productId, productId),
        eq(inventoryCheckLines.locationId, locationId),
        sql`${inventoryCheckLines.lotId} is not distinct from ${lotId}::uuid`,
      ),
    )
  return line!.id
}

/** Refuses goods that the book could never take at that place. */
async function refuseImpossible(tx: Tx, { productId, locationId, lotId }: Input): Promise<void> {
  const as = (field: keyof Input) => ({ entity: 'line', field })
  const kept = { kept: true }
  const product = await namedRow(tx, products, productId, as('productId'), kept)
  const location = await namedRow(tx, locations, locationId, as('locationId'), kept)
  if (location.kind !== 'bin') {
    const { code, kind } = location
    throw new StockError('LOCATION_HOLDS_NO_STOCK', { locationId, location: code, kind })
  }
  const lot = await namedRow(tx, lots, lotId, as('lotId'), kept)
  const { sku } = product
  if (product.tracking === 'lot' && !lot) throw new StockError('LOT_REQUIRED', { productId, sku })
  if (lot && lot.productId !== productId) {
    throw new StockError('LOT_NOT_ALLOWED', { productId, sku, lotId })
  }
  for (const [entity, row] of Object.entries({ product, location, lot })) {
    if (row?.archivedAt) throw new StockError('ARCHIVED', { entity, id: row.id })
  }
}
