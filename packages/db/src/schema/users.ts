import { sql } from 'drizzle-orm'
import { pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, lifecycle, moment } from './columns.ts'

export const userRole = pgEnum('user_role', ['operator', 'admin'])

/** People (and scripts) that sign in. */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** What is typed at sign-in. Case does not matter. */
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    role: userRole('role').notNull(),
    /** bcrypt. Never leaves the server. */
    passwordHash: text('password_hash').notNull(),
    /** Set while the user may not sign in. Read on every call, so it acts at once. */
    disabledAt: moment('disabled_at'),
    createdAt: lifecycle.createdAt,
    updatedAt: lifecycle.updatedAt,
    version: lifecycle.version,
  },
  (table) => [
    // `Anna` and `anna` must be one person; also the look-up at sign-in.
    uniqueIndex('users_username_key').on(sql`lower(${table.username})`),
  ],
)
