import {
  type Connection,
  products,
  reservationChanges,
  reservations,
  stockLevels,
  type Tx,
} from '@stockbook/db'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Key } from '../movements/book.sql.ts'

export type ReservationRow = typeof reservations.$inferSelect

/** That some of it is neither shipped nor given back. Written as the partial indexes have it. */
export const isOpen: SQL = sql`${reservations.shipped} + ${reservations.released} < ${reservations.quantity}`

/** That its time has run out. It holds nothing from then on, whether or not that was written down. */
export const hasRunOut: SQL<boolean> = sql<boolean>`coalesce(${reservations.expiresAt} <= now(), false)`

/** The same, of a row and a moment. */
export const runsOutBy = ({ expiresAt }: Pick<ReservationRow, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now

/**
 * Makes this transaction the only one that holds, releases or ships goods of these products. Taken
 * before any stock level, in one order, so that two transactions never wait for each other.
 */
export async function lockProducts(tx: Tx, productIds: readonly string[]): Promise<void> {
  await tx
    .select({ id: products.id })
    .from(products)
    .where(inArray(products.id, [...productIds]))
    .orderBy(asc(products.id))
    .for('no key update')
}

/**
 * Locks products and all that is on hand of them. Gives what was locked: what comes to another place
 * meanwhile can go from there again before this transaction ends.
 */
export async function lockGoods(tx: Tx, productIds: readonly string[]): Promise<Key[]> {
  await lockProducts(tx, productIds)
  return tx
    .select({
      productId: stockLevels.productId,
      locationId: stockLevels.locationId,
      lotId: stockLevels.lotId,
    })
    .from(stockLevels)
    .where(inArray(stockLevels.productId, [...productIds]))
    .orderBy(asc(stockLevels.productId), asc(stockLevels.locationId), asc(stockLevels.lotId))
    .for('update')
}

/** The database's clock. Read after the locks, it never runs back for one product. */
export async function readNow(db: Connection): Promise<Date> {
  const { rows } = await db.execute<{ ms: number }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  )
  return new Date(rows[0]!.ms)
}

/** What is held of the products: the first come first. */
export function openReservations(
  db: Connection,
  productIds: readonly string[],
): Promise<ReservationRow[]> {
  return db
    .select()
    .from(reservations)
    .where(and(inArray(reservations.productId, [...productIds]), isOpen))
    .orderBy(asc(reservations.createdAt), asc(reservations.id))
}

/** What a command set aside of the products, in the order of its lines. */
export async function idsHeldBy(
  db: Connection,
  commandId: string,
  productIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .select({ id: reservations.id })
    .from(reservations)
    .innerJoin(
      reservationChanges,
      and(
        eq(reservationChanges.reservationId, reservations.id),
        eq(reservationChanges.kind, 'held'),
      ),
    )
    // By product, for which there is an index.
    .where(
      and(inArray(reservations.productId, [...productIds]), eq(reservations.commandId, commandId)),
    )
    .orderBy(asc(reservationChanges.id))
  return rows.map(({ id }) => id)
}

/** A reservation by its id, or null. */
export async function findReservation(db: Connection, id: string): Promise<ReservationRow | null> {
  const [row] = await findReservations(db, [id])
  return row ?? null
}

/** Reservations by their ids. What does not exist is missing. */
export async function findReservations(
  db: Connection,
  ids: readonly string[],
): Promise<ReservationRow[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(reservations)
    .where(inArray(reservations.id, [...ids]))
}
