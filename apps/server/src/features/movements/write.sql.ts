import { preparedStatement, type Tx } from '@stockbook/db'
import type { Command } from './command.ts'
import type { Line } from './lines.ts'

/** A command that was decided, with what is to be kept of it. */
export type DecidedCommand = {
  command: Command
  occurredAt: Date
  refusal: { code: string; detail: object } | null
  /** What the audit log tells of it; null when somebody else tells it. */
  audit: object | null
  movements: readonly Movement[]
}

export type Movement = Line & { id: number; compensatesId: number | null }

const insertCommands = preparedStatement(
  'insert_commands',
  `insert into commands (id, kind, content_hash, actor_id, partner_id, reference, note, device_id,
    outcome, refusal_code, refusal_detail, occurred_at, recorded_at)
  select id, kind::command_kind, content_hash, actor_id, partner_id, reference, note, device_id,
    case when refusal_code is null then 'posted' else 'refused' end::command_outcome,
    refusal_code, refusal_detail, occurred_at, $13::timestamptz
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::jsonb[], $11::timestamptz[], $12::int[])
    as one(id, kind, content_hash, actor_id, partner_id, reference, note, device_id,
      refusal_code, refusal_detail, occurred_at, position)
  order by position`,
)

// All lines of all commands in one statement, so that the book judges and sums them together.
const insertMovements = preparedStatement(
  'insert_movements',
  `insert into stock_movements (id, command_id, line, type, product_id, lot_id, from_location_id,
    to_location_id, quantity, packaging_id, packaging_quantity, reason, reverses_id, reservation_id,
    check_line_id, compensates_id, occurred_at, recorded_at)
  overriding system value
  select id, command_id, line, type::movement_type, product_id, lot_id, from_location_id,
    to_location_id, quantity, packaging_id, packaging_quantity, reason, reverses_id, reservation_id,
    check_line_id, compensates_id, occurred_at, $18::timestamptz
  from unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
    $8::uuid[], $9::bigint[], $10::uuid[], $11::numeric[], $12::text[], $13::bigint[], $14::uuid[],
    $15::uuid[], $16::bigint[], $17::timestamptz[])
    as one(id, command_id, line, type, product_id, lot_id, from_location_id, to_location_id, quantity,
      packaging_id, packaging_quantity, reason, reverses_id, reservation_id, check_line_id,
      compensates_id, occurred_at)`,
)

const insertAudit = preparedStatement(
  'insert_command_audit',
  `insert into audit_log (actor_id, action, entity, entity_id, after, request_id)
  select actor_id, action, 'command', entity_id, after, request_id
  from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::text[])
    as one(actor_id, action, entity_id, after, request_id)`,
)

// Who follows the stock reads the book from here on; the number only says that there is something.
const notify = preparedStatement('notify_changes', `select pg_notify('stock_changes', $1)`)

/** Writes commands, their movements and what the audit log tells of them. */
export async function writeCommands(
  tx: Tx,
  decided: readonly DecidedCommand[],
  recordedAt: Date,
): Promise<void> {
  const recorded = recordedAt.toISOString()
  const of = <T>(value: (one: DecidedCommand) => T) => column(decided.map(value))
  const movements = decided.flatMap((one) => one.movements)
  const owners = decided.flatMap((one) => one.movements.map(() => one))
  const each = <T>(value: (movement: Movement) => T) => column(movements.map(value))
  const audited = decided.filter(({ audit }) => audit !== null)
  const told = <T>(value: (one: DecidedCommand) => T) => audited.map(value)
  await Promise.all([
    insertCommands(
      tx,
      of(({ command }) => command.commandId),
      of(({ command }) => command.kind),
      of(({ command }) => command.contentHash),
      of(({ command }) => command.actor.id),
      of(({ command }) => command.partnerId),
      of(({ command }) => command.reference),
      of(({ command }) => command.note),
      of(({ command }) => command.deviceId),
      of(({ refusal }) => refusal?.code ?? null),
      of(({ refusal }) => refusal && JSON.stringify(refusal.detail)),
      of(({ occurredAt }) => occurredAt.toISOString()),
      decided.map((_one, position) => position),
      recorded,
    ),
    movements.length > 0 &&
      insertMovements(
        tx,
        each(({ id }) => id),
        owners.map(({ command }) => command.commandId),
        each(({ line }) => line),
        each(({ type }) => type),
        each(({ productId }) => productId),
        each(({ lotId }) => lotId),
        each(({ fromLocationId }) => fromLocationId),
        each(({ toLocationId }) => toLocationId),
        each(({ quantity }) => quantity),
        each(({ packagingId }) => packagingId),
        each(({ packagingQuantity }) => packagingQuantity),
        each(({ reason }) => reason),
        each(({ reversesId }) => reversesId),
        each(({ reservationId }) => reservationId),
        each(({ checkLineId }) => checkLineId),
        each(({ compensatesId }) => compensatesId),
        movements.map(({ occurredAt }, index) =>
          (occurredAt ?? owners[index]!.occurredAt).toISOString(),
        ),
        recorded,
      ),
    audited.length > 0 &&
      insertAudit(
        tx,
        told(({ command }) => command.actor.id),
        told(({ command }) => command.actor.procedure),
        told(({ command }) => command.commandId),
        told(({ audit }) => JSON.stringify(audit)),
        told(({ command }) => command.requestId),
      ),
    movements.length > 0 && notify(tx, String(movements.at(-1)!.id)),
  ])
}

/** Null for a column without any value, so that nobody writes and reads it row by row. */
const column = <T>(values: readonly T[]) =>
  values.every((value) => value === null) ? null : values
