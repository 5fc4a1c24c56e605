import { foreignKey, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, lifecycle, moment } from './columns.ts'
import { users } from './users.ts'

/** Keys of scripts and scanners. Each acts as a service user of its own, whose role it has. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** SHA-256 of the key. The key itself was shown once and is kept nowhere. */
    keyHash: text('key_hash').notNull(),
    /** The last characters of the key, to tell it from others. */
    hint: text('hint').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: lifecycle.createdAt,
    expiresAt: moment('expires_at').notNull(),
    /** To the minute. */
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    foreignKey({
      name: 'api_keys_user_id_fkey',
      columns: [table.userId],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'api_keys_created_by_fkey',
      columns: [table.createdBy],
      foreignColumns: [users.id],
    }),
    unique('api_keys_user_id_key').on(table.userId),
    unique('api_keys_key_hash_key').on(table.keyHash), // the look-up on every call
  ],
)
