import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Connection,
  commands,
  locations,
  lots,
  products,
  stockMovements,
  users,
} from '@stockbook/db'
import { aliasedTable, and, type Column, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf, type Operands } from '../../lists/where.ts'
import { insideOf, placeInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'
import { actorNamed } from '../users/actorNamed.sql.ts'
import { onEitherSide } from './book.sql.ts'
import { isVisible } from './isVisible.sql.ts'
import { movedAt } from './movedAt.sql.ts'

const reversal = aliasedTable(stockMovements, 'reversal')

const movementColumns = {
  id: stockMovements.id,
  commandId: stockMovements.commandId,
  line: stockMovements.line,
  type: stockMovements.type,
  productId: stockMovements.productId,
  sku: products.sku,
  productName: products.name,
  lotId: stockMovements.lotId,
  fromLocationId: stockMovements.fromLocationId,
  toLocationId: stockMovements.toLocationId,
  quantity: stockMovements.quantity,
  packagingId: stockMovements.packagingId,
  packagingQuantity: sql<string | null>`trim_scale(${stockMovements.packagingQuantity})::text`,
  reason: stockMovements.reason,
  reversesId: stockMovements.reversesId,
  reversedById: sql<number | null>`${reversal.id}`.mapWith(reversal.id),
  reservationId: stockMovements.reservationId,
  checkLineId: stockMovements.checkLineId,
  compensatesId: stockMovements.compensatesId,
  actorId: commands.actorId,
  actorName: users.displayName,
  deviceId: commands.deviceId,
  partnerId: commands.partnerId,
  reference: commands.reference,
  note: commands.note,
  occurredAt: stockMovements.occurredAt,
  recordedAt: stockMovements.recordedAt,
}

/**
 * Movements with all that a person wants to see of them; more columns may be asked for. Where one comes
 * from or goes to outside of the scope, it does so from or to nowhere; `isVisible` leaves out the others.
 */
export function selectMovements<More extends Record<string, SQL>>(
  db: Connection,
  scope: WarehouseScope,
  more: More,
) {
  const sides = {
    fromLocationId: placeInside(stockMovements.fromLocationId, scope),
    toLocationId: placeInside(stockMovements.toLocationId, scope),
  }
  return db
    .select({ ...movementColumns, ...sides, ...more })
    .from(stockMovements)
    .innerJoin(commands, eq(commands.id, stockMovements.commandId))
    .innerJoin(users, eq(users.id, commands.actorId))
    .innerJoin(products, eq(products.id, stockMovements.productId))
    .leftJoin(reversal, eq(reversal.reversesId, stockMovements.id))
    .$dynamic()
}

type ListInput = ParsedInput<typeof contract.movements.list>

/** Whether the product of a movement is one of those that a condition finds by its own indexes. */
const ofProduct = (condition: SQL) =>
  sql`${stockMovements.productId} in (select ${products.id} from ${products} where ${condition})`

/** A side that is not told cannot be asked for either. */
const toldSide = (column: Column, scope: WarehouseScope) => ({
  by: scope === null ? column : placeInside(column, scope),
  tree: locations,
})

const operandsOf = (db: Connection, scope: WarehouseScope): Operands<ListInput['where']> => ({
  id: stockMovements.id,
  commandId: stockMovements.commandId,
  type: stockMovements.type,
  productId: stockMovements.productId,
  sku: { by: products.sku, isCaseless: true, through: ofProduct },
  productName: { by: products.name, through: ofProduct },
  lotId: stockMovements.lotId,
  fromLocationId: toldSide(stockMovements.fromLocationId, scope),
  toLocationId: toldSide(stockMovements.toLocationId, scope),
  quantity: stockMovements.quantity,
  packagingQuantity: stockMovements.packagingQuantity,
  reason: stockMovements.reason,
  reversesId: stockMovements.reversesId,
  reversedById: sql`(select later.id from ${stockMovements} later where later.reverses_id = ${stockMovements.id})`,
  actorId: commands.actorId,
  actorName: actorNamed(db, commands.actorId),
  deviceId: commands.deviceId,
  partnerId: commands.partnerId,
  reference: commands.reference,
  note: commands.note,
  occurredAt: stockMovements.occurredAt,
  recordedAt: stockMovements.recordedAt,
})

export async function listMovements(db: Connection, { warehouseIds }: Actor, input: ListInput) {
  const list = keyset(
    input,
    {
      id: { by: isOfPastDates(input) ? plainId : stockMovements.id, type: 'bigint' },
      occurredAt: { by: stockMovements.occurredAt, type: 'timestamptz' },
    },
    { by: stockMovements.id, type: 'bigint' },
  )
  const isOurs = await insideOf(db, warehouseIds)
  const isThere = input.locationId && (await movedAt(db, input.locationId, isOurs))
  // First which movements, then what is to be told of them: only these are joined with the rest.
  const page = db
    .select({ id: stockMovements.id })
    .from(stockMovements)
    .innerJoin(commands, eq(commands.id, stockMovements.commandId))
    .where(
      list.where(
        input.productId ? eq(stockMovements.productId, input.productId) : undefined,
        ...[input.lotId, input.where?.lotId?.equals].map(isOfProductOfLot),
        input.lotId ? eq(stockMovements.lotId, input.lotId) : undefined,
        isThere || onEitherSide(isOurs),
        input.commandId ? eq(stockMovements.commandId, input.commandId) : undefined,
        input.partnerId ? eq(commands.partnerId, input.partnerId) : undefined,
        input.actorId ? eq(commands.actorId, input.actorId) : undefined,
        input.reference ? eq(commands.reference, input.reference) : undefined,
        input.type ? eq(stockMovements.type, input.type) : undefined,
        input.types && inArray(stockMovements.type, input.types),
        input.occurredFrom ? gte(stockMovements.occurredAt, input.occurredFrom) : undefined,
        input.occurredBefore ? lt(stockMovements.occurredAt, input.occurredBefore) : undefined,
        ...(await conditionsOf(db, input.where, operandsOf(db, warehouseIds))),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  const rows = await selectMovements(db, warehouseIds, { position: list.position })
    .where(inArray(stockMovements.id, page))
    .orderBy(...list.orderBy)
  return list.page(rows, (row) => row)
}

/** A lot is of one product, by which its movements are found. */
const isOfProductOfLot = (lotId: string | undefined) =>
  lotId === undefined
    ? undefined
    : sql`${stockMovements.productId} = (select ${lots.productId} from ${lots} where ${lots.id} = ${lotId})`

/** The position in a form that no index has: the movements are found by their dates, then sorted. */
const plainId = sql`(${stockMovements.id} + 0)`

/** Whether a walk from the end that the list begins at would pass by much that is not of the dates. */
function isOfPastDates({ direction, occurredFrom, occurredBefore, where }: ListInput): boolean {
  const { equals, greaterThan, atLeast, lessThan, atMost } = where?.occurredAt ?? {}
  const bounds =
    direction === 'descending'
      ? [occurredBefore, lessThan, atMost, equals]
      : [occurredFrom, greaterThan, atLeast, equals]
  return bounds.some((bound) => bound !== undefined)
}

export async function getMovement(
  db: Connection,
  { warehouseIds }: Actor,
  { id }: ParsedInput<typeof contract.movements.get>,
) {
  const [row] = await selectMovements(db, warehouseIds, {}).where(
    and(eq(stockMovements.id, id), isVisible(warehouseIds)),
  )
  if (!row) throw new StockError('NOT_FOUND', { entity: 'movement', id })
  return row
}
