import { join } from 'node:path'
import { createDb, type Db, projectFolder } from '@stockbook/db'
import { migrate, migrationStatus } from '@stockbook/db/migrate'
import type { Logger } from 'pino'
import { collectDefaultMetrics } from 'prom-client'
import type { Environment } from './env.ts'
import { isLinking } from './features/audit/linker.ts'
import { isKeeping } from './features/jobs/record.sql.ts'
import { startJobs } from './features/jobs/start.ts'
import { isFindingExpired } from './features/reservations/expire.ts'
import { createApp } from './http/app.ts'
import { readOrMakeCertificate } from './http/certificate.ts'
import { listen } from './http/listen.ts'
import { builtPages } from './http/pages.ts'
import { createServices } from './services.ts'
import { readOrMakeSecretKey } from './secretKey.ts'

export type ServerOptions = {
  environment: Environment
  /** For the role that runs the server. */
  databaseUrl: string
  /** For the role that owns the tables. */
  ownerUrl: string
  /** Where what the program keeps for itself stands. Default: `.stockbook/` in the project. */
  folder: string
  log: Logger
  /** Bring the database up to date first: for an installation of one machine. Default `false`. */
  migrateFirst?: boolean
}

export type Server = {
  /** Where it answers. */
  url: string
  /** The certificate that callers must know, when it is one that the program may have made. */
  certFile: string | null
  /** Lets open requests end, and closes what it opened. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/** Starts a server on a database. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { environment, databaseUrl, log } = options
  if (options.migrateFirst) await migrate(options.ownerUrl)
  const db = createDb({
    url: databaseUrl,
    ...(environment.DB_ECHO
      ? {
          onStatement: (statement: string) => {
            if (!isClockwork(statement)) log.info({ statement }, 'sql')
          },
        }
      : {}),
  })
  let stopping = false
  try {
    const services = await createServices({
      db,
      log,
      secret: environment.SECRET_KEY ?? (await readOrMakeSecretKey(options.folder)),
      algorithm: environment.ALGORITHM,
      accessTokenMinutes: environment.ACCESS_TOKEN_EXPIRE_MINUTES,
    })
    collectDefaultMetrics({ register: services.metrics.registry })
    const files = {
      keyFile: environment.HTTPS_KEY_FILE ?? join(projectFolder, 'ssl/key.pem'),
      certFile: environment.HTTPS_CERT_FILE ?? join(projectFolder, 'ssl/cert.pem'),
    }
    const tls = environment.HTTPS ? await readOrMakeCertificate(files) : undefined
    const readiness = async () => (stopping ? 'the server is stopping' : whyNotReady(db))
    const app = createApp({
      services,
      corsOrigins: environment.CORS_ORIGINS,
      readiness,
      proxies: environment.TRUSTED_PROXIES,
      httpsOnly: environment.NODE_ENV === 'production',
      metricsToken: environment.METRICS_TOKEN,
      pages: builtPages,
    })
    const listening = await listen(app, { host: environment.HOST, port: environment.PORT, tls })
    const url = `${tls ? 'https' : 'http'}://localhost:${listening.port}`
    const jobs = startJobs(db, log)
    log.info({ url }, 'the server answers')
    const reason = await readiness()
    if (reason !== null) {
      log.warn({ reason }, 'the server is not ready; pnpm db:migrate brings a database up to date')
    }
    const stopAll = async () => {
      services.live.stop()
      await listening.close()
      await services.book.stop()
      await jobs.stop()
      await db.$client.end()
    }
    let stopped: Promise<void> | undefined
    return {
      url,
      certFile: tls ? files.certFile : null,
      stop() {
        stopping = true
        stopped ??= stopAll()
        return stopped
      },
    }
  } catch (error) {
    await db.$client.end()
    throw error
  }
}

/** Done without anybody's asking, again and again: an echo of statements tells nothing of it. */
function isClockwork(statement: string): boolean {
  return isLinking(statement) || isFindingExpired(statement) || isKeeping(statement)
}

async function whyNotReady(db: Db): Promise<string | null> {
  try {
    const { state, pending, unknown, edited } = await migrationStatus(db.$client)
    if (state === 'current') return null
    const names = { behind: pending, ahead: unknown, diverged: [...pending, ...unknown, ...edited] }
    return `the database is ${state}: ${names[state].join(', ')}`
  } catch {
    return 'the database cannot be reached'
  }
}
