import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, locations, stockLevels, stockMovements, type Tx } from '@stockbook/db'
import { and, eq, sum } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { isWithin } from '../../lists/tree.sql.ts'
import { onEitherSide } from '../movements/book.sql.ts'
import { selectMovements } from '../movements/movements.ts'
import { changeAt } from './sums.sql.ts'

type Input = ParsedInput<typeof contract.stock.history>

/**
 * The movements of a product, latest first, with what was on hand after each. What is on hand now
 * is carried back through them, from page to page in the cursor, so a page costs its own rows only.
 */
export function stockHistory(db: Db, { cursor, limit, ...scope }: Input) {
  const [place, carried] = cursor === undefined ? [] : readCursor(cursor)
  const list = keyset(
    { limit, cursor: place, sort: 'occurredAt', direction: 'descending' },
    { occurredAt: { by: stockMovements.occurredAt, type: 'timestamptz' } },
    { by: stockMovements.id, type: 'bigint' },
  )
  const { productId, lotId, locationId } = scope
  return db.transaction(
    async (tx) => {
      const rows = await selectMovements(tx, {
        position: list.position,
        change: changeAt(locationId),
      })
        .where(
          list.where(
            eq(stockMovements.productId, productId),
            lotId ? eq(stockMovements.lotId, lotId) : undefined,
            locationId
              ? onEitherSide((column) => isWithin(column, locations, locationId))
              : undefined,
          ),
        )
        .orderBy(...list.orderBy)
        .limit(list.limit)
      let onHand = carried ?? (await onHandNow(tx, scope))
      const page = list.page(rows, (row) => {
        const item = { ...row, onHandAfter: onHand }
        onHand -= row.change
        return item
      })
      return { ...page, nextCursor: page.nextCursor && `${page.nextCursor}.${onHand}` }
    },
    // Both reads must see the same book.
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function readCursor(cursor: string): [string, number] {
  const [, place, onHand] = /^([^.]+)\.(-?\d{1,16})$/.exec(cursor) ?? []
  if (!place || !onHand) throw new StockError('INVALID_CURSOR')
  return [place, Number(onHand)]
}

async function onHandNow(
  tx: Tx,
  { productId, lotId, locationId }: Omit<Input, 'limit' | 'cursor'>,
) {
  const [row] = await tx
    .select({ total: sum(stockLevels.onHand).mapWith(Number) })
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
