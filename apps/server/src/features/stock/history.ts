import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inSnapshot, stockLevels, stockMovements, type Tx } from '@stockbook/db'
import { and, eq, gt, type SQLWrapper, sum } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { keyset } from '../../lists/keyset.ts'
import { isPlace } from '../locations/warehouseScope.sql.ts'
import { onEitherSide } from '../movements/book.sql.ts'
import { selectMovements } from '../movements/movements.ts'
import { changeAt, onHandAt } from './sums.sql.ts'

type Input = ParsedInput<typeof contract.stock.history>

/**
 * The movements of a product, latest first, with what was on hand after each. What was on hand is
 * found for each page anew: a backdated movement that came between two pages changes it for the
 * older ones.
 */
export function stockHistory(db: Db, { warehouseIds }: Actor, { cursor, limit, ...asked }: Input) {
  const scope = { ...asked, warehouseIds }
  const list = keyset(
    { limit, cursor, sort: 'occurredAt', direction: 'descending' },
    { occurredAt: { by: stockMovements.occurredAt, type: 'timestamptz' } },
    { by: stockMovements.id, type: 'bigint' },
  )
  return inSnapshot(db, async (tx) => {
    const rows = await selectMovements(tx, warehouseIds, {
      position: list.position,
      change: changeAt(scope.locationId, warehouseIds),
    })
      .where(list.where(...isInScope(scope)))
      .orderBy(...list.orderBy)
      .limit(list.limit)
    const [latest] = rows
    // Nothing is later than the first row of the first page.
    let onHand =
      latest && cursor
        ? await onHandAfter(tx, scope, latest)
        : await sumOfLevels(tx, scope, stockLevels.onHand)
    return list.page(rows, (row) => {
      const item = { ...row, onHandAfter: onHand }
      onHand -= row.change
      return item
    })
  })
}

type Scope = Omit<Input, 'limit' | 'cursor'> & Pick<Actor, 'warehouseIds'>

const isInScope = ({ productId, lotId, locationId, warehouseIds }: Scope) => [
  eq(stockMovements.productId, productId),
  lotId ? eq(stockMovements.lotId, lotId) : undefined,
  onEitherSide((column) => isPlace(column, locationId, warehouseIds)),
]

/** Read from the kept sums of days and months: as quick for the oldest page as for the newest. */
async function onHandAfter(tx: Tx, scope: Scope, movement: { occurredAt: Date; id: number }) {
  const { occurredAt, id } = movement
  const [laterAtThatMoment] = await tx
    .select({ change: sum(changeAt(scope.locationId, scope.warehouseIds)).mapWith(Number) })
    .from(stockMovements)
    .where(
      and(
        ...isInScope(scope),
        eq(stockMovements.occurredAt, occurredAt),
        gt(stockMovements.id, id),
      ),
    )
  const onHand = await sumOfLevels(tx, scope, onHandAt(occurredAt, undefined))
  return onHand - (laterAtThatMoment?.change ?? 0)
}

async function sumOfLevels(
  tx: Tx,
  { productId, lotId, locationId, warehouseIds }: Scope,
  onHand: SQLWrapper,
): Promise<number> {
  const [row] = await tx
    .select({ total: sum(onHand).mapWith(Number) })
    .from(stockLevels)
    .where(
      and(
        eq(stockLevels.productId, productId),
        lotId ? eq(stockLevels.lotId, lotId) : undefined,
        isPlace(stockLevels.locationId, locationId, warehouseIds),
      ),
    )
  return row?.total ?? 0
}
