import { bigint, foreignKey, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { lifecycle } from './columns.ts'
import { users } from './users.ts'

/**
 * What a user's authenticator app shares with the server. It asks for codes only once
 * `users.second_factor_since` is set: until then the user has not shown that the app has it.
 */
export const secondFactors = pgTable(
  'second_factors',
  {
    userId: uuid('user_id').primaryKey(),
    /** RFC 6238, in base32. Read at sign-in only, and told to nobody but the user, once. */
    secret: text('secret').notNull(),
    /** The half minute, counted from 1970, of the last code that was used: a code works once. */
    lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
    /** SHA-256 of each recovery code that is left. */
    recoveryCodeHashes: text('recovery_code_hashes').array().notNull().default([]),
    createdAt: lifecycle.createdAt,
  },
  (table) => [
    foreignKey({
      name: 'second_factors_user_id_fkey',
      columns: [table.userId],
      foreignColumns: [users.id],
    }),
  ],
)
