import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { partners } from './partners.ts'
import { users } from './users.ts'

export const commandKind = pgEnum('command_kind', [
  'post',
  'reverse',
  /** Posts the variances of an inventory check. */
  'check',
  /** Sets goods aside. */
  'hold',
  /** Gives back goods that were set aside. */
  'release',
])
export const commandOutcome = pgEnum('command_outcome', ['posted', 'refused'])

/**
 * What somebody asked the book to do, and what became of it. A row never changes, so the same id
 * gives the same answer for ever.
 */
export const commands = pgTable(
  'commands',
  {
    /** Made by the caller before the first send, and kept over retries. */
    id: uuid('id').primaryKey(),
    kind: commandKind('kind').notNull(),
    /** SHA-256 of what was asked: tells a retry from another command under the same id. */
    contentHash: text('content_hash').notNull(),
    actorId: uuid('actor_id').notNull(),
    partnerId: uuid('partner_id'),
    /** A number on paper or in another system, for instance of the order. */
    reference: text('reference'),
    note: text('note'),
    /** Which scanner or phone it came from, as that calls itself. */
    deviceId: text('device_id'),
    outcome: commandOutcome('outcome').notNull(),
    /** Why a refused command was refused: a code of the error catalogue, and its facts. */
    refusalCode: text('refusal_code'),
    refusalDetail: jsonb('refusal_detail').$type<Record<string, unknown>>(),
    /** When it happened in the warehouse. */
    occurredAt: moment('occurred_at').notNull(),
    /** When the book learned of it. */
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'commands_actor_id_fkey',
      columns: [table.actorId],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'commands_partner_id_fkey',
      columns: [table.partnerId],
      foreignColumns: [partners.id],
    }),
    check(
      'commands_refusal_check',
      sql`(${table.outcome} = 'refused') = (${table.refusalCode} is not null)`,
    ),
    index('commands_reference_idx').on(table.reference), // "what was done for this order"
    index('commands_actor_id_idx').on(table.actorId), // "what did she post"
    index('commands_partner_id_idx').on(table.partnerId), // "what went to this customer"
  ],
)
