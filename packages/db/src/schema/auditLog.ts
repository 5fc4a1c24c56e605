import { sql } from 'drizzle-orm'
import { bigint, foreignKey, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { users } from './users.ts'

/**
 * Who changed what: one row for each change, written in the change's own transaction. Triggers
 * refuse UPDATE, DELETE and TRUNCATE; `audit_chain` finds what was altered past them.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    recordedAt: moment('recorded_at').notNull().default(sql`clock_timestamp()`),
    /** Absent: done from the command line, or by somebody who had not signed in. */
    actorId: uuid('actor_id'),
    /** The procedure, for instance `products.update`. */
    action: text('action').notNull(),
    /** What was changed, for instance `product`. */
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    /** Absent: it did not exist. Secrets are left out. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    /** The request in the server's log. */
    requestId: text('request_id').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'audit_log_actor_id_fkey',
      columns: [table.actorId],
      foreignColumns: [users.id],
    }),
    index('audit_log_entity_idx').on(table.entity, table.entityId, table.id), // a row's history
    index('audit_log_actor_id_idx').on(table.actorId, table.id), // "what did she do"
    index('audit_log_recorded_at_idx').on(table.recordedAt, table.id), // "what happened that day"
  ],
)
