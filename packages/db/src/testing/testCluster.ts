import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { serverAccount } from '../embedded/account.ts'
import { findBinaries } from '../embedded/binaries.ts'
import { type Cluster, initialiseCluster } from '../embedded/cluster.ts'
import { reachableFolder } from '../embedded/home.ts'
import { own } from '../embedded/own.ts'
import { startServer, stopServer } from '../embedded/server.ts'
import { asServerRole, makeServerRole } from '../embedded/serverRole.ts'
import { isAlive } from '../embedded/serverProcess.ts'
import { migrate } from '../migrate/index.ts'

const folderPrefix = 'stockbook-test-'
const templateName = 'template_stockbook'

/** Tells the test processes which cluster their run has. */
export const clusterVariable = 'STOCKBOOK_TEST_CLUSTER'

export type TestCluster = {
  /** The database `postgres` of the cluster. */
  url: string
  /** Ends the server as a crash would: no session is told, nothing more reaches the disk. */
  crash(): Promise<void>
  /** Starts the server again after a crash. */
  restart(): Promise<void>
  /** Stops the server and removes all that it kept. */
  stop(): Promise<void>
}

export type TestDatabase = AsyncDisposable & {
  url: string
  /** For the role that runs the server. */
  serverUrl: string
}

/**
 * A throwaway PostgreSQL with a migrated database that `createTestDatabase` copies. What earlier runs
 * could not remove, because they were killed, is removed first.
 * @param settings of the server, beside those that make it fast
 */
export async function startTestCluster(
  settings: Record<string, string> = {},
): Promise<TestCluster> {
  const base = await reachableFolder(tmpdir(), await serverAccount(), () => {})
  await mkdir(base, { recursive: true })
  await removeAbandoned(base)
  const folder = await mkdtemp(path.join(base, `${folderPrefix}${process.pid}-`))
  const cluster = await clusterIn(folder)
  await own(folder, cluster.account)
  const stop = async () => {
    await stopServer(cluster)
    await rm(folder, { recursive: true, force: true })
  }
  const start = () =>
    startServer(cluster, {
      max_connections: '200',
      // It is thrown away, so nothing needs to reach the disk.
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      ...settings,
    })
  try {
    await initialiseCluster(cluster, () => {})
    const url = await start()
    await makeTemplate(url)
    return {
      url,
      stop,
      crash: () => stopServer(cluster, 'immediate'),
      async restart() {
        await start()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * A database of one test's own, with all migrations applied, or with nothing in it when `empty`.
 * It is dropped at the end of its scope: `await using database = await createTestDatabase()`.
 * @throws when the test run has no cluster: its vitest.config.ts must name the global setup
 */
export async function createTestDatabase({
  empty = false,
  cluster = process.env[clusterVariable],
}: {
  empty?: boolean
  /** URL of the cluster to make it in. Default: that of the test run. */
  cluster?: string | undefined
} = {}): Promise<TestDatabase> {
  if (!cluster) {
    throw new Error(
      `${clusterVariable} is not set: vitest.config.ts must have testing/globalSetup.ts as its globalSetup`,
    )
  }
  const name = `test_${randomBytes(8).toString('hex')}`
  await execute(cluster, `create database ${name} template ${empty ? 'template0' : templateName}`)
  return {
    url: withDatabase(cluster, name),
    serverUrl: asServerRole(withDatabase(cluster, name)),
    [Symbol.asyncDispose]: () => execute(cluster, `drop database ${name} with (force)`),
  }
}

async function clusterIn(folder: string): Promise<Cluster> {
  const home = path.join(folder, 'postgres')
  const account = await serverAccount(home)
  return { home, account, binaries: await findBinaries(account), durable: false }
}

async function makeTemplate(url: string): Promise<void> {
  await makeServerRole(url)
  await execute(url, `create database ${templateName}`)
  await migrate(withDatabase(url, templateName))
  // A session on it would make copying it fail.
  await execute(url, `alter database ${templateName} with allow_connections false`)
}

async function removeAbandoned(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const owner = Number(new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1])
    if (!owner || isAlive(owner)) continue
    const folder = path.join(base, name)
    try {
      await stopServer(await clusterIn(folder))
      await rm(folder, { recursive: true, force: true })
    } catch {
      // Another user's, or being removed by another run. A later run may have more luck.
    }
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  return url.replace(/[^/]*$/, name)
}
