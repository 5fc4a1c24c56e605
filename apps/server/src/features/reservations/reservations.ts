import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Connection,
  type Db,
  inSnapshot,
  locations,
  lots,
  partners,
  products,
  reservationChanges,
  reservations,
  users,
} from '@stockbook/db'
import { aliasedTable, and, asc, eq, not, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { keyset } from '../../lists/keyset.ts'
import { conditionsOf } from '../../lists/where.ts'
import { isInside, isPlace } from '../locations/warehouseScope.sql.ts'
import { openOf } from './life.ts'
import { lifeUpTo } from './changes.ts'
import { hasRunOut, isOpen } from './reservations.sql.ts'

type Input = {
  [Name in keyof typeof contract.reservations]: ParsedInput<(typeof contract.reservations)[Name]>
}

/** A reservation with all that a person wants to see of it. */
export type Reservation = Awaited<ReturnType<typeof readReservation>>

/** Nothing of it is open because its time ran out, whether or not that was written down yet. */
const hasExpired: SQL<boolean> = sql<boolean>`(${isOpen} and ${hasRunOut})`

const units = (whenExpired: SQL, otherwise: SQL) =>
  sql<number>`case when ${hasExpired} then ${whenExpired} else ${otherwise} end`.mapWith(Number)

const creator = aliasedTable(users, 'creator')

const columns = {
  id: reservations.id,
  productId: reservations.productId,
  sku: products.sku,
  productName: products.name,
  locationId: reservations.locationId,
  locationCode: locations.code,
  lotId: reservations.lotId,
  lotCode: lots.code,
  quantity: reservations.quantity,
  shipped: reservations.shipped,
  released: units(
    sql`${reservations.quantity} - ${reservations.shipped}`,
    sql`${reservations.released}`,
  ),
  open: units(
    sql`0`,
    sql`${reservations.quantity} - ${reservations.shipped} - ${reservations.released}`,
  ),
  short: units(sql`0`, sql`${reservations.short}`),
  status: sql<
    typeof reservations.$inferSelect.status
  >`case when ${hasExpired} then 'expired' else ${reservations.status}::text end`,
  expiresAt: reservations.expiresAt,
  partnerId: reservations.partnerId,
  partnerName: partners.name,
  reference: reservations.reference,
  note: reservations.note,
  createdBy: reservations.createdBy,
  createdByName: creator.displayName,
  createdAt: reservations.createdAt,
  updatedAt: reservations.updatedAt,
}

function selectReservations<More extends Record<string, SQL>>(db: Connection, more: More) {
  return db
    .select({ ...columns, ...more })
    .from(reservations)
    .innerJoin(products, eq(products.id, reservations.productId))
    .innerJoin(locations, eq(locations.id, reservations.locationId))
    .innerJoin(creator, eq(creator.id, reservations.createdBy))
    .leftJoin(lots, eq(lots.id, reservations.lotId))
    .leftJoin(partners, eq(partners.id, reservations.partnerId))
    .$dynamic()
}

export async function listReservations(db: Db, { warehouseIds }: Actor, input: Input['list']) {
  const list = keyset(
    input,
    { createdAt: { by: reservations.createdAt, type: 'timestamptz' } },
    { by: reservations.id, type: 'uuid' },
  )
  const { locationId, status } = input
  const rows = await selectReservations(db, { position: list.position })
    .where(
      list.where(
        input.productId ? eq(reservations.productId, input.productId) : undefined,
        isPlace(reservations.locationId, locationId, warehouseIds),
        input.lotId ? eq(reservations.lotId, input.lotId) : undefined,
        input.partnerId ? eq(reservations.partnerId, input.partnerId) : undefined,
        input.reference ? eq(reservations.reference, input.reference) : undefined,
        status ? hasStatus(status) : undefined,
        input.statuses && or(...input.statuses.map(hasStatus)),
        input.openOnly ? and(isOpen, not(hasRunOut)) : undefined,
        ...(await conditionsOf(db, input.where, {
          ...columns,
          sku: { by: products.sku, isCaseless: true },
          locationId: { by: reservations.locationId, tree: locations },
          locationCode: { by: locations.code, isCaseless: true },
        })),
      ),
    )
    .orderBy(...list.orderBy)
    .limit(list.limit)
  return list.page(rows, (row) => row)
}

function hasStatus(status: typeof reservations.$inferSelect.status): SQL {
  return status === 'expired'
    ? sql`(${reservations.status} = 'expired' or ${hasExpired})`
    : sql`(${reservations.status} = ${status} and not ${hasExpired})`
}

export async function getReservation(db: Db, { warehouseIds }: Actor, { id }: Input['get']) {
  return inSnapshot(db, async (tx) => ({
    ...(await readReservation(tx, id, isInside(reservations.locationId, warehouseIds))),
    changes: await tx
      .select({
        kind: reservationChanges.kind,
        quantity: reservationChanges.quantity,
        commandId: reservationChanges.commandId,
        actorId: reservationChanges.actorId,
        actorName: users.displayName,
        recordedAt: reservationChanges.recordedAt,
      })
      .from(reservationChanges)
      .leftJoin(users, eq(users.id, reservationChanges.actorId))
      .where(eq(reservationChanges.reservationId, id))
      .orderBy(asc(reservationChanges.id)),
  }))
}

/**
 * A reservation, if the condition holds of it too.
 * @throws StockError NOT_FOUND
 */
export async function readReservation(db: Connection, id: string, condition?: SQL) {
  const [row] = await selectReservations(db, {}).where(and(eq(reservations.id, id), condition))
  if (!row) throw new StockError('NOT_FOUND', { entity: 'reservation', id })
  return row
}

/** A reservation as a command left it, whatever has become of it since. */
export async function reservationAfter(
  db: Connection,
  id: string,
  commandId: string,
): Promise<Reservation> {
  const now = await readReservation(db, id)
  const life = await lifeUpTo(db, now, commandId)
  return life ? { ...now, ...life, open: openOf(life) } : now
}
