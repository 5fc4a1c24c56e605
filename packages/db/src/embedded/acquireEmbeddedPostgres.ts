import { constants } from 'node:fs'
import { access, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import lockfile from 'proper-lockfile'
import { serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, initialiseCluster, ownerName } from './cluster.ts'
import { reachableFolder } from './home.ts'
import { announcePresence, type Presence } from './presence.ts'
import { asServerRole, makeServerRole } from './serverRole.ts'
import { runningServer, startServer, stopServer } from './server.ts'

const databaseName = 'stockbook'

export type AcquireOptions = {
  /** Where the data is kept; made when it is not there. */
  folder: string
  /** Called with one line of text for each thing worth telling. Default: not called. */
  log?: (line: string) => void
}

export type EmbeddedPostgres = {
  /** The database `stockbook`, for `pg`: the socket's folder is its host. Holds the password. */
  url: string
  /** The same database for the role that runs the server, which can do only what it needs. */
  serverUrl: string
  /** Says that this process is done with it; the last one to do so stops PostgreSQL. Safe to call twice. */
  release(): Promise<void>
}

/**
 * Starts PostgreSQL on the data in `folder`, or shares the one that another process started
 * there. It runs on its own, so a process that is killed leaves the others their database, and
 * the next one to come puts in order what it left.
 * @throws when PostgreSQL cannot be installed, made or started: the message says what to do
 */
export async function acquireEmbeddedPostgres({
  folder,
  log = () => {},
}: AcquireOptions): Promise<EmbeddedPostgres> {
  const cluster = await locateCluster(path.resolve(folder), log)
  const joined = await underLock(cluster, async () => {
    await initialiseCluster(cluster, log)
    const found = await join(cluster)
    if (found && (await othersOn(found))) return found
    // Nobody uses what still runs, if anything does: those who did were killed.
    await found?.presence.end()
    await stopServer(cluster)
    const maintenance = await startServer(cluster)
    await makeServerRole(maintenance)
    await createDatabase(maintenance)
    const started = await join(cluster)
    if (!started) throw new Error(`PostgreSQL in ${cluster.home} ended just after its start`)
    return started
  })
  let released: Promise<void> | undefined
  return {
    url: joined.url,
    serverUrl: asServerRole(joined.url),
    release: () => (released ??= underLock(cluster, () => leave(cluster, joined))),
  }
}

/**
 * Deletes the data in `folder` for good, and stops a server that nobody uses.
 * @throws when another process uses the database
 */
export async function deleteEmbeddedPostgres({
  folder,
  log = () => {},
}: AcquireOptions): Promise<void> {
  const cluster = await locateCluster(path.resolve(folder), log)
  await underLock(cluster, async () => {
    const found = await join(cluster)
    const inUse = found !== null && (await othersStayOn(found))
    await found?.presence.end()
    if (inUse) {
      throw new Error(`The database in ${cluster.home} is in use. Stop the program that uses it.`)
    }
    await stopServer(cluster)
    await rm(cluster.home, { recursive: true, force: true })
  })
}

async function locateCluster(folder: string, log: (line: string) => void): Promise<Cluster> {
  const account = await serverAccount(path.join(folder, 'postgres'))
  const home = path.join(await reachableFolder(folder, account, log), 'postgres')
  await access(home, constants.R_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') return
    throw new Error(
      `The database in ${home} was made by another user. Run as that user, or name another folder in STOCKBOOK_FOLDER.`,
    )
  })
  return { home, account, binaries: await findBinaries(account), durable: true }
}

type Joined = { url: string; presence: Presence }

/** Null when no server runs, or when it does not answer. */
async function join(cluster: Cluster): Promise<Joined | null> {
  const url = await runningServer(cluster, databaseName)
  const presence = url && (await announcePresence(url).catch(() => null))
  return url && presence ? { url, presence } : null
}

/** A server that does not answer has no users. */
async function othersOn({ presence }: Joined): Promise<boolean> {
  return (await presence.countOthers().catch(() => 0)) > 0
}

/** PostgreSQL hears of a killed process a moment after its end: who is there must be there for a while. */
async function othersStayOn(joined: Joined): Promise<boolean> {
  for (let looks = 0; looks < 10; looks++) {
    if (!(await othersOn(joined))) return false
    await sleep(50)
  }
  return true
}

async function leave(cluster: Cluster, joined: Joined): Promise<void> {
  const shared = await othersStayOn(joined)
  await joined.presence.end()
  if (!shared) await stopServer(cluster)
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [databaseName])
    if (found.rowCount === 0)
      await client.query(`create database ${databaseName} owner ${ownerName}`)
  } finally {
    await client.end()
  }
}

/** Only one process at a time looks at, starts or stops the server of a cluster. */
async function underLock<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(cluster.home), { recursive: true })
  const unlock = await lockfile
    .lock(cluster.home, {
      realpath: false,
      // A holder that was killed keeps the others waiting for this long.
      stale: 5_000,
      update: 1_000,
      // Long enough for a first start on a busy machine: about two minutes.
      retries: { retries: 600, factor: 1, minTimeout: 100, maxTimeout: 300, randomize: true },
      // The machine slept and another process went on. PostgreSQL's own lock still allows only one.
      onCompromised: () => {},
    })
    .catch((cause: unknown) => {
      throw new Error(
        `Another process has been starting or stopping the database in ${cluster.home} for two minutes. End it, or remove ${cluster.home}.lock when there is none.`,
        { cause },
      )
    })
  try {
    return await work()
  } finally {
    await unlock().catch(() => {})
  }
}
