import type { Role } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import type { Passwords } from './features/auth/passwords.ts'
import type { Tokens } from './features/auth/tokens.ts'

/** Who is calling. */
export type Actor = { readonly id: string; readonly username: string; readonly role: Role }

/** What the whole server shares. */
export type Services = {
  readonly db: Db
  readonly log: Logger
  readonly passwords: Passwords
  readonly tokens: Tokens
}

/** What one request has. */
export type Context = Services & {
  /** The caller, read from the database once for this request; null when nobody is signed in. */
  readonly actor: () => Promise<Actor | null>
}

/** What a procedure has that asks for a caller. */
export type SignedInContext = Services & { readonly actor: Actor }
