import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { createDb } from '@stockbook/db'
import { createApp } from '../http/app.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { createServices } from '../services.ts'
import { type TestServer, testPassword, testSecret } from './testServer.ts'

/** Another server, with a pool of its own, on the database of a test server. Gone at scope end. */
export async function startSecondServer({
  serverUrl,
}: TestServer): Promise<AsyncDisposable & { operator: StockbookClient<'operator'> }> {
  const db = createDb({ url: serverUrl, maxConnections: 20 })
  const services = await createServices({
    db,
    log: createLog('info', { write: () => {} }),
    secret: testSecret,
    algorithm: 'HS256',
    accessTokenMinutes: 5,
  })
  const app = createApp({ services, corsOrigins: [], readiness: async () => null })
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0 })
  return {
    operator: createStockbookClient({
      url: `http://127.0.0.1:${port}`,
      auth: { username: 'olga', password: testPassword },
    }),
    async [Symbol.asyncDispose]() {
      await close()
      await db.$client.end()
    },
  }
}
