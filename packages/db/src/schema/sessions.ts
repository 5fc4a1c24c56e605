import {
  boolean,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, lifecycle, moment } from './columns.ts'
import { users } from './users.ts'

export const sessionEnd = pgEnum('session_end', [
  'signed_out',
  'ended_by_other',
  'token_reused',
  'password_changed',
  'user_disabled',
])

/** One sign-in, from the password to the sign-out. Kept after its end, so that people can look back. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** SHA-256 of the refresh token that is good now. The token itself is kept by the caller alone. */
    tokenHash: text('token_hash').notNull(),
    /** How many refresh tokens there have been. One older than the last is a sign of theft. */
    generation: integer('generation').notNull().default(1),
    /** When the token changed last: two tabs may both come with the one before, a few seconds long. */
    rotatedAt: moment('rotated_at').notNull().defaultNow(),
    /** Kept by a browser in a cookie that no script can read. */
    inCookie: boolean('in_cookie').notNull(),
    userAgent: text('user_agent'),
    address: text('address'),
    createdAt: lifecycle.createdAt,
    /** To the minute. */
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
    /** Whatever happens, it ends here. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    endReason: sessionEnd('end_reason'),
  },
  (table) => [
    foreignKey({
      name: 'sessions_user_id_fkey',
      columns: [table.userId],
      foreignColumns: [users.id],
    }),
    unique('sessions_token_hash_key').on(table.tokenHash),
    index('sessions_user_id_idx').on(table.userId, table.createdAt), // a user's sessions
  ],
)
