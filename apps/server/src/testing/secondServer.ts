import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { createDb } from '@stockbook/db'
import type { Logger } from 'pino'
import type { Services } from '../context.ts'
import { createApp } from '../http/app.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { createServices, type ServicesOptions } from '../services.ts'
import { passwordCost, type TestServer, testPassword, testSecret } from './testServer.ts'

export type SecondServer = AsyncDisposable & {
  url: string
  services: Services
  /** Signed in as the operator. */
  operator: StockbookClient<'operator'>
}

export type SecondServerOptions = {
  /** How many addresses of `x-forwarded-for` are believed. Default 0. */
  proxies?: number
  /** Of hashing a password. Default: a low one. */
  cost?: number
  /** Also takes the text of every statement. Default: nobody reads it. */
  log?: Logger
  /** How commands that wait are posted together. Default: as in earnest. */
  posting?: ServicesOptions['posting']
}

/** Another server, with a pool of its own, on the database of a test server. Gone at scope end. */
export async function startSecondServer(
  { serverUrl }: TestServer,
  { proxies = 0, cost = passwordCost, log, posting }: SecondServerOptions = {},
): Promise<SecondServer> {
  const db = createDb({
    url: serverUrl,
    maxConnections: 20,
    ...(log && { onStatement: (statement) => log.info({ statement }, 'sql') }),
  })
  const services = await createServices({
    db,
    log: log ?? createLog('info', { write: () => {} }),
    secret: testSecret,
    algorithm: 'HS256',
    accessTokenMinutes: 5,
    passwordCost: cost,
    ...(posting && { posting }),
  })
  const app = createApp({ services, corsOrigins: [], readiness: async () => null, proxies })
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    services,
    operator: createStockbookClient({ url, auth: { username: 'olga', password: testPassword } }),
    async [Symbol.asyncDispose]() {
      services.live.stop()
      await close()
      await services.book.stop()
      await db.$client.end()
    },
  }
}
