import type { Db } from '@stockbook/db'
import type { Logger } from 'pino'
import type { Services } from './context.ts'
import { createAttempts } from './features/auth/attempts.ts'
import { createCallers } from './features/auth/callers.ts'
import { createPasswords } from './features/auth/passwords.ts'
import { createRefreshTokens } from './features/auth/refreshTokens.ts'
import { type Algorithm, createTokens } from './features/auth/tokens.ts'
import type { GatherBounds } from './features/movements/gather.ts'
import { createBook } from './features/movements/post.ts'
import { createLive } from './features/stock/live/live.ts'
import { createMetrics } from './metrics/metrics.ts'
import { watchServices } from './metrics/watchServices.ts'

export type ServicesOptions = {
  db: Db
  log: Logger
  /** Signs every token. */
  secret: string
  algorithm: Algorithm
  accessTokenMinutes: number
  /** bcrypt's work factor. Default 12. */
  passwordCost?: number
  /** How commands that wait are posted together. Default: as `GatherBounds` says. */
  posting?: GatherBounds
}

/** What the procedures of one server share. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { db, log, secret, algorithm, accessTokenMinutes, passwordCost, posting } = options
  const tokens = createTokens({ secret, algorithm, expiresInMinutes: accessTokenMinutes })
  const callers = createCallers(db, tokens)
  const metrics = createMetrics()
  const services: Services = {
    db,
    log,
    passwords: await createPasswords(passwordCost),
    tokens,
    callers,
    refreshTokens: createRefreshTokens(secret),
    attempts: createAttempts(db),
    book: createBook(db, posting, metrics.posting),
    live: createLive({ db, log, callers }),
    metrics,
  }
  watchServices(services)
  return services
}
