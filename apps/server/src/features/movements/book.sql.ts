import { commands, preparedStatement, stockMovements, type Tx } from '@stockbook/db'
import { eq, or, type SQL, sql } from 'drizzle-orm'

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

/** The same for many ids, in one order for everybody; `earlierCommands` must follow. */
export const claimCommands = preparedStatement<object>(
  'claim_commands',
  `select pg_advisory_xact_lock(number) from (
    select hashtextextended(id, 0) as number from unnest($1::text[]) as id order by 1
  ) as claimed`,
)

export type EarlierCommand = {
  id: string
  contentHash: string
  outcome: 'posted' | 'refused'
  refusalCode: string | null
  refusalDetail: Record<string, unknown> | null
  occurredMs: number
  recordedMs: number
}

/** What became of these ids before. */
export const earlierCommands = preparedStatement<EarlierCommand>(
  'earlier_commands',
  `select id, content_hash as "contentHash", outcome, refusal_code as "refusalCode",
    refusal_detail as "refusalDetail",
    (extract(epoch from occurred_at) * 1000)::float8 as "occurredMs",
    (extract(epoch from recorded_at) * 1000)::float8 as "recordedMs"
  from commands where id = any($1::uuid[]) order by id for update`,
)

export type WrittenMovement = {
  id: number
  commandId: string
  type: 'incoming' | 'outgoing' | 'transfer' | 'adjustment'
  productId: string
  lotId: string | null
  fromLocationId: string | null
  toLocationId: string | null
  quantity: number
  packagingId: string | null
  packagingQuantity: string | null
  reason: string | null
  reversesId: number | null
  reservationId: string | null
  compensatesId: number | null
  occurredMs: number
}

const movementColumns = `id::float8 as id, command_id as "commandId", type, product_id as "productId",
  lot_id as "lotId", from_location_id as "fromLocationId", to_location_id as "toLocationId",
  quantity::float8 as quantity, packaging_id as "packagingId",
  packaging_quantity::text as "packagingQuantity", reason, reverses_id::float8 as "reversesId",
  reservation_id as "reservationId", compensates_id::float8 as "compensatesId",
  (extract(epoch from occurred_at) * 1000)::float8 as "occurredMs"`

/** The movements of these commands, in the order of their lines. */
export const movementsOfCommands = preparedStatement<WrittenMovement>(
  'movements_of_commands',
  `select ${movementColumns} from stock_movements where command_id = any($1::uuid[])
  order by command_id, line`,
)

export const movementsById = preparedStatement<WrittenMovement>(
  'movements_by_id',
  `select ${movementColumns} from stock_movements where id = any($1::bigint[])`,
)

/** Which of these movements were taken back, and by which others. */
export const reversalsOf = preparedStatement<{ movementId: number; reversedById: number }>(
  'reversals_of',
  `select reverses_id::float8 as "movementId", id::float8 as "reversedById"
  from stock_movements where reverses_id = any($1::bigint[])`,
)

export type LevelRow = Key & { id: number; onHand: number; lastOccurredMs: number }

const levelColumns = `id::float8 as id, product_id as "productId", location_id as "locationId",
  lot_id as "lotId", on_hand::float8 as "onHand",
  (extract(epoch from last_occurred_at) * 1000)::float8 as "lastOccurredMs"`

/**
 * Every level of these products at these locations, held until the transaction ends. One order for
 * everybody, the trigger included, so that two transactions never wait for each other.
 */
export const lockLevels = preparedStatement<LevelRow>(
  'lock_levels',
  `select ${levelColumns} from stock_levels
  where (product_id, location_id) in (select * from unnest($1::uuid[], $2::uuid[]))
  order by product_id, location_id, lot_id for update`,
)

/**
 * The same, and every other level of some products, in the same order. What all of it has in common is
 * said first: of two conditions, either of which will do, PostgreSQL would look at every level there is.
 */
export const lockLevelsAndProducts = preparedStatement<LevelRow>(
  'lock_levels_and_products',
  `select ${levelColumns} from stock_levels
  where product_id = any($1::uuid[] || $3::uuid[]) and (product_id = any($3::uuid[])
    or (product_id, location_id) in (select * from unnest($1::uuid[], $2::uuid[])))
  order by product_id, location_id, lot_id for update`,
)

export type Moment = {
  /** The database's clock. Read after the locks, it never runs back for one stock level. */
  ms: number
  /** Before which moment the book is closed; null when it never was. */
  closedBeforeMs: number | null
  /** The next positions in the book. Taken while the levels are held, they grow with the time of writing. */
  positions: string
}

/**
 * Reads the clock, and takes so many positions in the book. How many rows `generate_series` makes of a
 * parameter PostgreSQL takes to be a thousand, and plans anew each time for the number that it is.
 */
export const readMoment = preparedStatement<Moment>(
  'read_moment',
  `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms,
    (select (extract(epoch from closed_before) * 1000)::float8
      from book_closings order by id desc limit 1) as "closedBeforeMs",
    (select coalesce(string_agg(nextval('stock_movements_id_seq')::text, ','), '')
      from unnest(array_fill(0, array[$1::int]))) as positions`,
)

/** The positions that were taken, as numbers. */
export const positionsOf = ({ positions }: Moment): number[] =>
  positions === '' ? [] : positions.split(',').map(Number)

/** The first moment at which one of the levels would be below zero, with these changes made to them. */
const firstShortageOf = preparedStatement<{ levelId: number; atMs: number; shortfall: number }>(
  'first_shortage',
  `with asked as (
    select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as one(level_id, at, change)
  ), first as (
    select level_id, min(at) as since from asked group by level_id
  ), moved as (
    select level_id, at, change from asked
    union all
    select first.level_id, m.occurred_at, m.quantity from first
      join stock_levels l on l.id = first.level_id
      join stock_movements m on m.product_id = l.product_id and m.to_location_id = l.location_id
        and m.lot_id is not distinct from l.lot_id and m.occurred_at >= first.since
    union all
    select first.level_id, m.occurred_at, -m.quantity from first
      join stock_levels l on l.id = first.level_id
      join stock_movements m on m.product_id = l.product_id and m.from_location_id = l.location_id
        and m.lot_id is not distinct from l.lot_id and m.occurred_at >= first.since
  ), at_moment as (
    select level_id, at, sum(change) as change from moved group by level_id, at
  ), running as (
    select level_id, at,
      sum(change) over (partition by level_id order by at)
        - sum(change) over (partition by level_id) as balance
    from at_moment
  ), asked_sum as (
    select level_id, sum(change) as change from asked group by level_id
  )
  select running.level_id::float8 as "levelId", (extract(epoch from running.at) * 1000)::float8 as "atMs",
    -(l.on_hand + asked_sum.change + running.balance)::float8 as shortfall
  from running
  join stock_levels l on l.id = running.level_id
  join asked_sum on asked_sum.level_id = running.level_id
  where l.on_hand + asked_sum.change + running.balance < 0
  order by running.at, running.level_id limit 1`,
)

export type PastChange = { levelId: number; at: Date; change: bigint }

export async function firstShortage(tx: Tx, changes: readonly PastChange[]) {
  const [shortage] = await firstShortageOf(
    tx,
    changes.map(({ levelId }) => levelId),
    changes.map(({ at }) => at.toISOString()),
    changes.map(({ change }) => String(change)),
  )
  return shortage ?? null
}

/**
 * Movements with one of the locations, given as a condition on a column, on either side; all, where there
 * is no condition.
 */
export function onEitherSide(
  isInside: (column: typeof stockMovements.toLocationId) => SQL | undefined,
) {
  return or(isInside(stockMovements.fromLocationId), isInside(stockMovements.toLocationId))
}
