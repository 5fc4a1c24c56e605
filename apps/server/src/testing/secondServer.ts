import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { createDb } from '@stockbook/db'
import { createPasswords } from '../features/auth/passwords.ts'
import { createTokens } from '../features/auth/tokens.ts'
import { createApp } from '../http/app.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import { type TestServer, testPassword } from './testServer.ts'

/** Another server, with a pool of its own, on the database of a test server. Gone at scope end. */
export async function startSecondServer({
  databaseUrl,
}: TestServer): Promise<AsyncDisposable & { operator: StockbookClient<'operator'> }> {
  const db = createDb({ url: databaseUrl, maxConnections: 20 })
  const tokens = createTokens({
    secret: 'another secret, that only the second server knows',
    algorithm: 'HS256',
    expiresInMinutes: 5,
  })
  const app = createApp({
    services: {
      db,
      log: createLog('info', { write: () => {} }),
      passwords: await createPasswords(),
      tokens,
    },
    corsOrigins: [],
    readiness: async () => null,
  })
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
