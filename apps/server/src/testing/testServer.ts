import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { createDb, type Db } from '@stockbook/db'
import { createTestDatabase } from '@stockbook/db/testing'
import type { DestinationStream } from 'pino'
import { createUser } from '../features/users/users.ts'
import { createApp } from '../http/app.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../http/log.ts'
import type { PageFolders } from '../http/pages.ts'
import { createServices } from '../services.ts'

/** A low cost: the tests sign in often, and prove nothing about the time that a guess takes. */
export const passwordCost = 4

/** What the users of a test server sign in with. */
export const testPassword = 'correct horse battery'

const setUp = { id: null, procedure: 'test set-up' }

/** What a test server signs its tokens with. */
export const testSecret = 'only the tests know this one, and it is of good length'

/** Where pages may call a test server from. */
export const testOrigin = 'https://floor.example'

export type TestServer = AsyncDisposable & {
  url: string
  databaseUrl: string
  /** The database as its owner sees it; the server itself comes as a role with fewer rights. */
  db: Db
  /** The pool of the server itself. */
  serverDb: Db
  /** For the role that runs the server. */
  serverUrl: string
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
 * @param pages what it serves to people. Default: nothing.
 * @param cluster URL of the PostgreSQL that has the database. Default: that of the test run.
 */
export async function startTestServer(
  logTo: DestinationStream = { write: () => {} },
  pages?: PageFolders,
  cluster?: string,
): Promise<TestServer> {
  const database = await createTestDatabase({ cluster })
  const db = createDb({ url: database.url, maxConnections: 5 })
  const serverDb = createDb({ url: database.serverUrl, maxConnections: 20 })
  const services = await createServices({
    db: serverDb,
    log: createLog('info', logTo),
    secret: testSecret,
    algorithm: 'HS256',
    accessTokenMinutes: 5,
    passwordCost,
  })
  const app = createApp({
    services,
    corsOrigins: [testOrigin],
    readiness: async () => null,
    ...(pages && { pages }),
  })
  const listening = await listen(app, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${listening.port}`
  const signInAs = async (username: string, role: 'operator' | 'admin') => {
    await createUser(db, services.passwords, setUp, {
      username,
      role,
      warehouseIds: null,
      password: testPassword,
      mustChangePassword: false,
    })
    return createStockbookClient({ url, auth: { username, password: testPassword } })
  }
  const operator = await signInAs('olga', 'operator')
  const admin = await (await signInAs('anton', 'admin')).as('admin')
  // Signs in now, so that a test which looks at every table finds only what it did itself.
  await operator.auth.me.query()
  return {
    url,
    databaseUrl: database.url,
    serverUrl: database.serverUrl,
    serverDb,
    db,
    operator,
    admin,
    signInAs,
    async [Symbol.asyncDispose]() {
      services.live.stop()
      await listening.close()
      await services.book.stop()
      await serverDb.$client.end()
      await db.$client.end()
      await database[Symbol.asyncDispose]()
    },
  }
}
