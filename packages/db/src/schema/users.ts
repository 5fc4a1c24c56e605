import { sql } from 'drizzle-orm'
import { boolean, check, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, lifecycle, moment } from './columns.ts'

export const userRole = pgEnum('user_role', ['operator', 'admin'])

export const userKind = pgEnum('user_kind', ['person', 'service'])

/** Who acts: people, who sign in with a password, and services, which come with an API key. */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** What is typed at sign-in. Case does not matter. */
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    role: userRole('role').notNull(),
    kind: userKind('kind').notNull().default('person'),
    /** bcrypt. Never leaves the server. A service has none. */
    passwordHash: text('password_hash'),
    /** Somebody else chose the password: until it is changed, nothing else may be done. */
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    /** Since when a sign-in wants a code of the user's authenticator app, too. Null: it does not. */
    secondFactorSince: moment('second_factor_since'),
    /** Set while the user may not sign in. Read on every call, so it acts at once. */
    disabledAt: moment('disabled_at'),
    createdAt: lifecycle.createdAt,
    updatedAt: lifecycle.updatedAt,
    version: lifecycle.version,
  },
  (table) => [
    check(
      'users_password_hash_check',
      sql`(${table.kind} = 'person') = (${table.passwordHash} is not null)`,
    ),
    // `Anna` and `anna` must be one person; also the look-up at sign-in.
    uniqueIndex('users_username_key').on(sql`lower(${table.username})`),
  ],
)
