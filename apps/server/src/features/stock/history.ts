import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inSnapshot, locations, stockLevels, stockMovements, type Tx } from '@stockbook/db'
import { and, eq, gt, type SQLWrapper, sum } from 'drizzle-orm'
import { keyset } from '../../lists/keyset.ts'
import { isWithin } from '../../lists/tree.sql.ts'
import { onEitherSide } from '../movements/book.sql.ts'
import { selectMovements } from '../movements/movements.ts'
import { changeAt, onHandAt } from './sums.sql.ts'

type Input = ParsedInput<typeof contract.stock.history>

/**
 * The movements of a product, latest first, with what was on hand after each. What was on hand is
 * found for each page anew: a backdated movement that came between two pages changes it for the
 * older ones.
 */
export function stockHistory(db: Db, { cursor, limit, ...scope }: Input) {
  const list = keyset(
    { limit, cursor, sort: 'occurredAt', direction: 'descending' },
    { occurredAt: { by: stockMovements.occurredAt, type: 'timestamptz' } },
    { by: stockMovements.id, type: 'bigint' },
  )
  return inSnapshot(db, async (tx) => {
    const rows = await selectMovements(tx, {
      position: list.position,
      change: changeAt(scope.locationId),
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

type Scope = Omit<Input, 'limit' | 'cursor'>

const isInScope = ({ productId, lotId, locationId }: Scope) => [
  eq(stockMovements.productId, productId),
  lotId ? eq(stockMovements.lotId, lotId) : undefined,
  locationId ? onEitherSide((column) => isWithin(column, locations, locationId)) : undefined,
]

/** Read from the kept sums of days and months: as quick for the oldest page as for the newest. */
async function onHandAfter(tx: Tx, scope: Scope, movement: { occurredAt: Date; id: number }) {
  const { occurredAt, id } = movement
  const [laterAtThatMoment] = await tx
    .select({ change: sum(changeAt(scope.locationId)).mapWith(Number) })
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
  { productId, lotId, locationId }: Scope,
  onHand: SQLWrapper,
): Promise<number> {
  const [row] = await tx
    .select({ total: sum(onHand).mapWith(Number) })
    .from(stockLevels)
    .where(
      and(
        eq(stockLevels.productId, productId),
        lotId ? eq(stockLevels.lotId, lotId) : undefined,
        locationId ? isWithin(stockLevels.locationId, locations, locationId) : undefined,
      ),
    )
  return row?.total ?? 0
}
