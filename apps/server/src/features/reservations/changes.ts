import { type Connection, reservationChanges, reservations, type Tx } from '@stockbook/db'
import { asc, eq, sql } from 'drizzle-orm'
import { afterChange, type LifeChange, type LifeState, newLife } from './life.ts'
import type { ReservationRow } from './reservations.sql.ts'

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
