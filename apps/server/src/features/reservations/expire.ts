import { type Db, inTransaction, reservations, type Tx } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { recordChange } from '../audit/record.ts'
import { goodsOf } from './goods.sql.ts'
import { openOf } from './life.ts'
import { writeChanges } from './changes.ts'
import { lockProducts, openReservations, readNow, runsOutBy } from './reservations.sql.ts'
import { changesOfShortness } from './shortages.ts'

const byTheClock = { commandId: null, actorId: null }
const clock = { id: null, procedure: 'reservations.expire' }

/** Finds the products of which something has expired and is not written down. */
const findExpired = sql`select distinct product_id from ${reservations}
  where shipped + released < quantity and expires_at <= now() limit 100`

/** Whether a statement is the search for what has expired. */
export const isFindingExpired = (statement: string) =>
  statement.startsWith('select distinct product_id from "reservations"')

/**
 * Writes down that reservations have expired: once for each, however many servers do so at once.
 * They held nothing any more since the moment itself. Returns how many it wrote down.
 */
export async function expireReservations(db: Db): Promise<number> {
  const { rows } = await db.execute<{ product_id: string }>(findExpired)
  let expired = 0
  for (const { product_id: productId } of rows) {
    expired += await inTransaction(db, (tx) => expireOfProduct(tx, productId))
  }
  return expired
}

async function expireOfProduct(tx: Tx, productId: string): Promise<number> {
  await lockProducts(tx, [productId])
  const now = await readNow(tx)
  const expired = (await openReservations(tx, [productId])).filter((one) => runsOutBy(one, now))
  if (expired.length === 0) return 0
  const changes = expired.map((reservation) => ({
    reservation,
    kind: 'expired' as const,
    quantity: openOf(reservation),
    ...byTheClock,
  }))
  const after = await writeChanges(tx, changes, now)
  for (const before of expired) {
    const { id } = before
    const change = { entity: 'reservation' as const, entityId: id, before, after: after.get(id)! }
    await recordChange(tx, clock, change)
  }
  // Others that had come short may have what these held.
  const others = await openReservations(tx, [productId])
  const goods = await goodsOf(tx, [productId])
  await writeChanges(tx, changesOfShortness(goods, others, now, byTheClock), now)
  return expired.length
}
