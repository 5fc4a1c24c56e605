import {
  type Connection,
  products,
  reservationChanges,
  reservations,
  stockLevels,
  type Tx,
} from '@stockbook/db'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { afterChange, type LifeChange, type LifeState, newLife } from './life.ts'

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

/** Locks a product and all that is on hand of it. */
export async function lockGoods(tx: Tx, productId: string): Promise<void> {
  await lockProducts(tx, [productId])
  await tx
    .select({ id: stockLevels.id })
    .from(stockLevels)
    .where(eq(stockLevels.productId, productId))
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

/** Something that happens to a reservation. */
export type ReservationChange = LifeChange & {
  reservation: ReservationRow
  /** Null: the clock did it. */
  commandId: string | null
  /** Null: the clock did it. */
  actorId: string | null
}

/** Writes what happened to reservations, and nothing of what became of them. */
export async function insertChanges(
  tx: Tx,
  changes: readonly ReservationChange[],
  at: Date,
): Promise<void> {
  await tx.insert(reservationChanges).values(
    changes.map(({ reservation, kind, quantity, commandId, actorId }) => ({
      reservationId: reservation.id,
      kind,
      quantity,
      commandId,
      actorId,
      recordedAt: at,
    })),
  )
}

/**
 * Writes what happened to reservations, in this order, and what became of them. The products must
 * be locked. Returns the rows that changed, as they are now.
 */
export async function writeChanges(
  tx: Tx,
  changes: readonly ReservationChange[],
  at: Date,
): Promise<Map<string, ReservationRow>> {
  const after = new Map<string, ReservationRow>()
  if (changes.length === 0) return after
  await insertChanges(tx, changes, at)
  for (const { reservation, ...change } of changes) {
    const before = after.get(reservation.id) ?? { ...reservation, version: reservation.version + 1 }
    after.set(reservation.id, { ...before, ...afterChange(before, change), updatedAt: at })
  }
  const rows = [...after.values()]
  const bigints = (field: 'shipped' | 'released' | 'short' | 'version') =>
    sql`${sql.param(rows.map((row) => row[field]))}::bigint[]`
  await tx.execute(sql`
    update ${reservations} set shipped = new.shipped, released = new.released, short = new.short,
      status = new.status, version = new.version, updated_at = ${at.toISOString()}::timestamptz
    from unnest(${sql.param(rows.map(({ id }) => id))}::uuid[], ${bigints('shipped')}, ${bigints('released')},
      ${bigints('short')}, ${sql.param(rows.map(({ status }) => status))}::reservation_status[], ${bigints('version')})
      as new(id, shipped, released, short, status, version)
    where ${reservations.id} = new.id`)
  return after
}

/** The life of a reservation up to and including what a command did to it; null when it did nothing. */
export async function lifeUpTo(
  db: Connection,
  { id, quantity }: Pick<ReservationRow, 'id' | 'quantity'>,
  commandId: string,
): Promise<(LifeState & { updatedAt: Date }) | null> {
  const changes = await db
    .select()
    .from(reservationChanges)
    .where(eq(reservationChanges.reservationId, id))
    .orderBy(asc(reservationChanges.id))
  const last = changes.findLastIndex((change) => change.commandId === commandId)
  if (last < 0) return null
  const life = changes.slice(0, last + 1).reduce(afterChange, newLife(quantity))
  return { ...life, updatedAt: changes[last]!.recordedAt }
}
