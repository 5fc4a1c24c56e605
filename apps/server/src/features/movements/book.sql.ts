import { type Connection, commands, stockLevels, stockMovements, type Tx } from '@stockbook/db'
import { asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Line } from './lines.ts'

/** What is stocked where: the sum of movements with the same key is one stock level. */
export type Key = { productId: string; locationId: string; lotId: string | null }

/** A text that is equal for equal keys. */
export const keyText = ({ productId, locationId, lotId }: Key) =>
  `${productId} ${locationId} ${lotId ?? ''}`

/**
 * Lets one transaction at a time work on a command id, and returns what became of the id before.
 * The row lock is what makes a repeated answer wait until the first one is as safe as it will be:
 * it writes to the log, so its commit is not confirmed before that of the command.
 */
export async function claimCommand(tx: Tx, commandId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${commandId}, 0))`)
  const [earlier] = await tx.select().from(commands).where(eq(commands.id, commandId)).for('update')
  return earlier ?? null
}

/** Every level of the keys' products at their locations, held until the transaction ends. */
export async function lockLevels(tx: Tx, keys: readonly Key[]) {
  const rows = await tx
    .select()
    .from(stockLevels)
    .where(
      sql`(${stockLevels.productId}, ${stockLevels.locationId}) in (
        select * from unnest(${uuids(keys.map((key) => key.productId))}, ${uuids(keys.map((key) => key.locationId))}))`,
    )
    // One order for everybody, the trigger included, so that two commands never wait for each other.
    .orderBy(asc(stockLevels.productId), asc(stockLevels.locationId), asc(stockLevels.lotId))
    .for('update')
  return new Map(rows.map((row) => [keyText(row), row]))
}

/** The database's clock. Read after the locks, it never runs back for one stock level. */
export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::text as ms`,
  )
  return new Date(Number(rows[0]!.ms))
}

/** The first moment from `since` on at which one of the levels would fall below zero. */
export async function firstShortage(
  tx: Tx,
  taken: readonly { levelId: number; change: number }[],
  since: Date,
) {
  const { rows } = await tx.execute<{ level_id: string; at_ms: string; shortfall: string }>(sql`
    select level.id as level_id, -shortage.balance as shortfall,
      (extract(epoch from shortage.at) * 1000)::bigint as at_ms
    from unnest(${bigints(taken.map((one) => one.levelId))}, ${bigints(taken.map((one) => one.change))})
      as taken(level_id, change)
    join ${stockLevels} as level on level.id = taken.level_id
    cross join lateral stock_first_shortage(level, ${since.toISOString()}::timestamptz, taken.change) as shortage
    order by shortage.at limit 1`)
  const [row] = rows
  return row
    ? {
        levelId: Number(row.level_id),
        firstBadAt: new Date(Number(row.at_ms)),
        shortfall: Number(row.shortfall),
      }
    : null
}

/** Writes all lines of a command in one statement, so that the book judges them together. */
export async function insertMovements(
  tx: Tx,
  command: { id: string; occurredAt: Date; recordedAt: Date },
  lines: readonly Line[],
): Promise<void> {
  const texts = (values: (string | null)[]) => sql`${sql.param(values)}::text[]`
  await tx.execute(sql`
    insert into ${stockMovements} (command_id, line, type, product_id, lot_id, from_location_id,
      to_location_id, quantity, packaging_id, packaging_quantity, reason, reverses_id, occurred_at, recorded_at)
    select ${command.id}::uuid, line, type::movement_type, product_id, lot_id, from_location_id,
      to_location_id, quantity, packaging_id, packaging_quantity::numeric, reason, reverses_id,
      ${command.occurredAt.toISOString()}::timestamptz, ${command.recordedAt.toISOString()}::timestamptz
    from unnest(
      ${bigints(lines.map((one) => one.line))}, ${texts(lines.map((one) => one.type))},
      ${uuids(lines.map((one) => one.productId))}, ${uuids(lines.map((one) => one.lotId))},
      ${uuids(lines.map((one) => one.fromLocationId))}, ${uuids(lines.map((one) => one.toLocationId))},
      ${bigints(lines.map((one) => one.quantity))}, ${uuids(lines.map((one) => one.packagingId))},
      ${texts(lines.map((one) => one.packagingQuantity))}, ${texts(lines.map((one) => one.reason))},
      ${bigints(lines.map((one) => one.reversesId))}
    ) as one(line, type, product_id, lot_id, from_location_id, to_location_id, quantity, packaging_id,
      packaging_quantity, reason, reverses_id)
    order by line`)
}

/** The movements of a command, in the order of its lines. */
export function movementsOfCommand(db: Connection, commandId: string) {
  return db
    .select()
    .from(stockMovements)
    .where(eq(stockMovements.commandId, commandId))
    .orderBy(asc(stockMovements.line))
}

/** Which of these movements were taken back, and by which others. */
export function reversalsOf(db: Connection, movementIds: readonly number[]) {
  return db
    .select({ movementId: stockMovements.reversesId, reversedById: stockMovements.id })
    .from(stockMovements)
    .where(inArray(stockMovements.reversesId, [...movementIds]))
}

/** Movements with one of the locations, given as a condition on a column, on either side. */
export function onEitherSide(isInside: (column: typeof stockMovements.toLocationId) => SQL) {
  return or(isInside(stockMovements.fromLocationId), isInside(stockMovements.toLocationId))
}

function uuids(values: readonly (string | null)[]): SQL {
  return sql`${sql.param(values)}::uuid[]`
}

function bigints(values: readonly (number | null)[]): SQL {
  return sql`${sql.param(values)}::bigint[]`
}
