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
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'

type Input = ParsedInput<typeof contract.lots.trace>

/** At most this many places are told in one answer. */
const told = 200

/** Where a lot is now and to whom it went. */
export function traceLot(db: Db, input: Input) {
  return inSnapshot(db, async (tx) => ({
    ...(await findLot(tx, input.id)),
    ...(await sumMovements(tx, input.id)),
    levels: await findLevels(tx, input.id),
    ...(await findShipments(tx, input)),
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

async function sumMovements(tx: Tx, lotId: string) {
  const { type, quantity, reversesId, toLocationId } = stockMovements
  const sum = (sign: SQL) => sql<number>`coalesce(sum(${quantity} * ${sign}), 0)`.mapWith(Number)
  // What takes a movement back has the opposite type.
  const flow = (there: string, back: string) =>
    sum(sql`case when ${type} = ${there} and ${reversesId} is null then 1
      when ${type} = ${back} and ${reversesId} is not null then -1 else 0 end`)
  const [sums] = await tx
    .select({
      received: flow('incoming', 'outgoing'),
      shipped: flow('outgoing', 'incoming'),
      adjusted: sum(sql`case when ${type} <> 'adjustment' then 0
        when ${toLocationId} is not null then 1 else -1 end`),
    })
    .from(stockMovements)
    .where(eq(stockMovements.lotId, lotId))
  const { received, shipped, adjusted } = sums!
  return { received, shipped, adjusted, onHand: received - shipped + adjusted }
}

function findLevels(tx: Tx, lotId: string) {
  return tx
    .select({
      locationId: stockLevels.locationId,
      locationCode: locations.code,
      onHand: stockLevels.onHand,
    })
    .from(stockLevels)
    .innerJoin(locations, eq(locations.id, stockLevels.locationId))
    .where(and(eq(stockLevels.lotId, lotId), gt(stockLevels.onHand, 0)))
    .orderBy(asc(locations.code))
    .limit(told)
}

const reversal = aliasedTable(stockMovements, 'reversal')

async function findShipments(tx: Tx, input: Input) {
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
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}
