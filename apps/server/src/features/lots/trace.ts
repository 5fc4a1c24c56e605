import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  commands,
  type Db,
  inSnapshot,
  locations,
  lots,
  partners,
  products,
  stockLevels,
  stockMovements,
  type Tx,
} from '@stockbook/db'
import { aliasedTable, and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { isInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'

type Input = ParsedInput<typeof contract.lots.trace>

/** At most this many places are told in one answer. */
const told = 200

/** Where a lot is now and to whom it went. */
export function traceLot(db: Db, { warehouseIds }: Actor, input: Input) {
  return inSnapshot(db, async (tx) => ({
    ...(await findLot(tx, input.id)),
    ...(await sumMovements(tx, input.id, warehouseIds)),
    levels: await findLevels(tx, input.id, warehouseIds),
    ...(await findShipments(tx, input, warehouseIds)),
  }))
}

async function findLot(tx: Tx, id: string) {
  const [row] = await tx
    .select({ lot: lots, sku: products.sku, productName: products.name })
    .from(lots)
    .innerJoin(products, eq(products.id, lots.productId))
    .where(eq(lots.id, id))
  if (!row) throw new StockError('NOT_FOUND', { entity: 'lot', id })
  return row
}

/** A transfer over the border of the scope comes in or goes out, like one from or to outside. */
async function sumMovements(tx: Tx, lotId: string, scope: WarehouseScope) {
  const { type, quantity, reversesId, toLocationId, fromLocationId } = stockMovements
  const sum = (when: SQL) =>
    sql<bigint>`coalesce(sum(${quantity}) filter (where ${when}), 0)`.mapWith(BigInt)
  const isThere = (column: typeof toLocationId) =>
    scope === null
      ? sql`(${column} is not null)`
      : sql`(${column} is not null and ${isInside(column, scope)})`
  const [comes, goes] = [isThere(toLocationId), isThere(fromLocationId)]
  const enters = sql`${comes} and not ${goes}`
  const leaves = sql`${goes} and not ${comes}`
  const isFlow = sql`${type} <> 'adjustment'`
  const [sums] = await tx
    .select({
      cameIn: sum(sql`${isFlow} and ${enters} and ${reversesId} is null`),
      sentBack: sum(sql`${isFlow} and ${leaves} and ${reversesId} is not null`),
      wentOut: sum(sql`${isFlow} and ${leaves} and ${reversesId} is null`),
      cameBack: sum(sql`${isFlow} and ${enters} and ${reversesId} is not null`),
      found: sum(sql`not (${isFlow}) and ${enters}`),
      lost: sum(sql`not (${isFlow}) and ${leaves}`),
    })
    .from(stockMovements)
    .where(eq(stockMovements.lotId, lotId))
  const { cameIn, sentBack, wentOut, cameBack, found, lost } = sums!
  const [received, shipped, adjusted] = [cameIn - sentBack, wentOut - cameBack, found - lost]
  return {
    received: Number(received),
    shipped: Number(shipped),
    adjusted: Number(adjusted),
    onHand: Number(received - shipped + adjusted),
  }
}

function findLevels(tx: Tx, lotId: string, scope: WarehouseScope) {
  return tx
    .select({
      locationId: stockLevels.locationId,
      locationCode: locations.code,
      onHand: stockLevels.onHand,
    })
    .from(stockLevels)
    .innerJoin(locations, eq(locations.id, stockLevels.locationId))
    .where(
      and(
        eq(stockLevels.lotId, lotId),
        gt(stockLevels.onHand, 0),
        isInside(stockLevels.locationId, scope),
      ),
    )
    .orderBy(asc(locations.code))
    .limit(told)
}

const reversal = aliasedTable(stockMovements, 'reversal')

async function findShipments(tx: Tx, input: Input, scope: WarehouseScope) {
  const list = keyset(
    input,
    {
      partner: { by: sql`lower(coalesce(${partners.name}, ''))`, type: 'text' },
      occurredAt: { by: stockMovements.occurredAt, type: 'timestamptz' },
    },
    { by: stockMovements.id, type: 'bigint' },
  )
  const rows = await tx
    .select({
      movementId: stockMovements.id,
      commandId: stockMovements.commandId,
      fromLocationId: locations.id,
      locationCode: locations.code,
      quantity: stockMovements.quantity,
      occurredAt: stockMovements.occurredAt,
      reference: commands.reference,
      partnerId: commands.partnerId,
      partnerCode: partners.code,
      partnerName: partners.name,
      contactName: partners.contactName,
      email: partners.email,
      phone: partners.phone,
      position: list.position,
    })
    .from(stockMovements)
    .innerJoin(commands, eq(commands.id, stockMovements.commandId))
    .innerJoin(locations, eq(locations.id, stockMovements.fromLocationId))
    .leftJoin(partners, eq(partners.id, commands.partnerId))
    .leftJoin(reversal, eq(reversal.reversesId, stockMovements.id))
    .where(
      list.where(
        eq(stockMovements.lotId, input.id),
        eq(stockMovements.type, 'outgoing'),
        isNull(stockMovements.reversesId),
        isNull(reversal.id),
        isInside(stockMovements.fromLocationId, scope),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}
