import type { Role } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import type { Attempts } from './features/auth/attempts.ts'
import type { Callers } from './features/auth/callers.ts'
import type { Passwords } from './features/auth/passwords.ts'
import type { RefreshTokens } from './features/auth/refreshTokens.ts'
import type { Tokens } from './features/auth/tokens.ts'
import type { Book } from './features/movements/post.ts'
import type { Live } from './features/stock/live/live.ts'
import type { Metrics } from './metrics/metrics.ts'

/** What a procedure may know of, and say over, the request that carries it. */
export type HttpCall = {
  readonly authorization: string | undefined
  /** The network address of the caller. */
  readonly address: string
  readonly userAgent: string | null
  /** The refresh token that the browser keeps, or null. */
  refreshCookie(): string | null
  /** Gives the browser a refresh token to keep, or with null takes it away. */
  setRefreshCookie(token: string | null, maxAgeSeconds: number): void
  /**
   * A cookie is sent by the browser whoever makes the page: only the server's own pages may use it.
   * @throws StockError CROSS_SITE_REFUSED
   */
  refuseOtherSites(): void
  /** Ends the connection, whatever of the answer is still under way. */
  breakOff(): void
}

/** Whose change it is, as the audit log has it. */
export type Author = {
  /** Null: nobody who has signed in; the command line. */
  readonly id: string | null
  /** What is being done: the procedure, for instance `products.update`. */
  readonly procedure: string
}

/** Who is calling. */
export type Actor = Author & {
  readonly id: string
  readonly username: string
  readonly role: Role
  /** The warehouses that the caller is restricted to; null: to none, all places are open. */
  readonly warehouseIds: readonly string[] | null
  /** Null: came with an API key. */
  readonly sessionId: string | null
  /** Null: came with a session. */
  readonly apiKeyId: string | null
  /** May do nothing but change the password. */
  readonly mustChangePassword: boolean
}

/** What the whole server shares. */
export type Services = {
  readonly db: Db
  readonly log: Logger
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly callers: Callers
  readonly refreshTokens: RefreshTokens
  readonly attempts: Attempts
  readonly book: Book
  readonly live: Live
  readonly metrics: Metrics
}

/** What one request has, and a procedure that anyone may call. */
export type OpenContext = Services & {
  readonly http: HttpCall
  /** The caller, read from the database once for this request; null when nobody is signed in. */
  readonly caller: () => Promise<Omit<Actor, 'procedure'> | null>
}

/** The same as tRPC takes it along: in one field, for it copies each field many times. */
export type Context = { readonly call: OpenContext }

/** What a procedure has that asks for a caller. */
export type SignedInContext = Services & { readonly http: HttpCall; readonly actor: Actor }

/** What a procedure has whose answer is the same for all who may have it. */
export type SharedContext = { readonly db: Db }
