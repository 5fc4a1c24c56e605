import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { createDb, type Db } from '@stockbook/db'
import { createTestDatabase } from '@stockbook/db/testing'
import type { DestinationStream } from 'pino'
import { createPasswords } from '../features/auth/passwords.ts'
import { createTokens } from '../features/auth/tokens.ts'
import { createUser } from '../features/users/users.ts'
import { createApp } from '../http/app.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'

/** A low cost: the tests sign in often, and prove nothing about the time that a guess takes. */
const passwordCost = 4

/** What the users of a test server sign in with. */
export const testPassword = 'correct horse battery'

/** What a test server signs its tokens with. */
export const testSecret = 'a secret that only the tests know, of good length'

/** Where pages may call a test server from. */
export const testOrigin = 'https://floor.example'

export type TestServer = AsyncDisposable & {
  url: string
  databaseUrl: string
  db: Db
  /** Signed in as the operator. */
  operator: StockbookClient<'operator'>
  /** Signed in as the administrator. */
  admin: StockbookClient<'admin'>
  /** Signed in as a new user. */
  signInAs(username: string, role: 'operator' | 'admin'): Promise<StockbookClient<'operator'>>
}

/**
 * A server on a database of its own, with an operator and an administrator. Gone at scope end.
 * @param logTo takes the lines of the log. Default: nobody reads them.
 */
export async function startTestServer(
  logTo: DestinationStream = { write: () => {} },
): Promise<TestServer> {
  const database = await createTestDatabase()
  const db = createDb({ url: database.url, maxConnections: 20 })
  const passwords = await createPasswords(passwordCost)
  const tokens = createTokens({
    secret: testSecret,
    algorithm: 'HS256',
    expiresInMinutes: 5,
  })
  const log = createLog('info', logTo)
  const app = createApp({
    services: { db, log, passwords, tokens },
    corsOrigins: [testOrigin],
    readiness: async () => null,
  })
  const listening = await listen(app, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${listening.port}`
  const signInAs = async (username: string, role: 'operator' | 'admin') => {
    await createUser(db, passwords, { username, role, password: testPassword })
    return createStockbookClient({ url, auth: { username, password: testPassword } })
  }
  return {
    url,
    databaseUrl: database.url,
    db,
    operator: await signInAs('olga', 'operator'),
    admin: await (await signInAs('anton', 'admin')).as('admin'),
    signInAs,
    async [Symbol.asyncDispose]() {
      await listening.close()
      await db.$client.end()
      await database[Symbol.asyncDispose]()
    },
  }
}
