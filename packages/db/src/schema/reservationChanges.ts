import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, pgEnum, pgTable, uuid } from 'drizzle-orm/pg-core'
import { baseUnits, moment } from './columns.ts'
import { commands } from './commands.ts'
import { reservations } from './reservations.ts'
import { users } from './users.ts'

export const reservationChangeKind = pgEnum('reservation_change_kind', [
  'held',
  'shipped',
  'released',
  'expired',
  'short',
  'recovered',
  // A shipment against it was taken back.
  'reversed',
])

/** The life of a reservation: one row for each thing that happened to it. Rows never change. */
export const reservationChanges = pgTable(
  'reservation_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    reservationId: uuid('reservation_id').notNull(),
    kind: reservationChangeKind('kind').notNull(),
    /** Base units it happened to. */
    quantity: baseUnits('quantity').notNull(),
    /** The command that did it. Absent: the clock. */
    commandId: uuid('command_id'),
    /** Absent: the clock. */
    actorId: uuid('actor_id'),
    recordedAt: moment('recorded_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    foreignKey({
      name: 'reservation_changes_reservation_id_fkey',
      columns: [table.reservationId],
      foreignColumns: [reservations.id],
    }),
    foreignKey({
      name: 'reservation_changes_command_id_fkey',
      columns: [table.commandId],
      foreignColumns: [commands.id],
    }),
    foreignKey({
      name: 'reservation_changes_actor_id_fkey',
      columns: [table.actorId],
      foreignColumns: [users.id],
    }),
    check('reservation_changes_quantity_check', sql`${table.quantity} >= 1`),
    index('reservation_changes_reservation_id_idx').on(table.reservationId, table.id),
  ],
)
