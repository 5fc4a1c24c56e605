import { spawn } from 'node:child_process'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { platform } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, dataFolder, ownerName, readPassword } from './cluster.ts'
import { socketFolder } from './home.ts'
import { own } from './own.ts'
import { serverEnvironment } from './serverEnvironment.ts'
import { identify, isAlive } from './serverProcess.ts'

/** Recovery after a crash replays what was not yet in place: seconds, unless very much was. */
const startSecondsMax = 120

const logFile = (cluster: Cluster) => join(cluster.home, 'server.log')

/** The URL of the running server, or null when none runs on this cluster. */
export async function runningServer(cluster: Cluster, database: string): Promise<string | null> {
  const lock = await readLockFile(cluster)
  if (!lock || (await identify(lock.pid, dataFolder(cluster))) !== 'ours') return null
  return serverUrl(cluster, lock, database)
}

/**
 * Starts PostgreSQL detached from this process, so that it outlives it for the others that use
 * it, and waits until it answers. Returns the URL of its database `postgres`.
 * @throws with the end of its log when it does not come up
 */
export async function startServer(
  cluster: Cluster,
  settings: Record<string, string> = {},
): Promise<string> {
  const data = dataFolder(cluster)
  await removeStaleLockFile(cluster)
  const place =
    platform() === 'win32'
      ? { port: await freePort(), socket: '' }
      : { port: 5432, socket: await socketFolder(cluster.home, cluster.account) }
  // The folder is this cluster's alone, so what lies there is from a server that has ended.
  if (place.socket) await rm(join(place.socket, '.s.PGSQL.5432.lock'), { force: true })
  const all = {
    port: String(place.port),
    listen_addresses: place.socket ? '' : '127.0.0.1',
    ...(place.socket && { unix_socket_directories: `"${place.socket.replaceAll('"', '""')}"` }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }
  const log = await openLog(cluster)
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.account,
      cwd: cluster.home,
      env: serverEnvironment(),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    },
  )
  let ended: string | null = null
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended = signal ?? `exit code ${code}`))
  child.unref()
  await log.close()

  const url = await serverUrl(cluster, place, 'postgres')
  const deadline = Date.now() + startSecondsMax * 1_000
  while (!(await answers(url))) {
    if (ended !== null || Date.now() > deadline) {
      const end = (await readFile(logFile(cluster), 'utf8'))
        .trim()
        .split('\n')
        .slice(-15)
        .join('\n')
      const what = ended ?? `no answer in ${startSecondsMax} seconds`
      throw new Error(
        `PostgreSQL did not start (${what}). The end of ${logFile(cluster)} says:\n${end}`,
      )
    }
    await sleep(30)
  }
  return url
}

/**
 * Stops the server on this cluster, if one runs, and waits until it is gone. All that was committed is kept.
 * @param mode `immediate` ends it without a checkpoint, as a crash would. Default `fast`.
 */
export async function stopServer(
  cluster: Cluster,
  mode: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const lock = await readLockFile(cluster)
  const data = dataFolder(cluster)
  if (!lock || (await identify(lock.pid, data)) !== 'ours') return
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      cluster.binaries.pgControl,
      ['stop', '--pgdata', data, '--mode', mode, '--wait', '--timeout', '120'],
      { ...cluster.account, cwd: cluster.home, env: serverEnvironment(), stdio: 'ignore' },
    )
    child.once('error', reject)
    child.once('exit', () => resolve())
  })
  for (let waits = 0; (await identify(lock.pid, data)) === 'ours'; waits++) {
    if (waits === 100) {
      throw new Error(
        `PostgreSQL (process ${lock.pid}) on ${data} does not stop. See ${logFile(cluster)}, and end it with: kill -INT ${lock.pid}`,
      )
    }
    await sleep(100)
  }
}

type LockFile = { pid: number; port: number; socket: string }

/** What the server wrote about itself in `postmaster.pid`. */
async function readLockFile(cluster: Cluster): Promise<LockFile | null> {
  const text = await readFile(join(dataFolder(cluster), 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port, socket = ''] = text.split('\n')
  return Number(pid) > 0 ? { pid: Number(pid), port: Number(port), socket } : null
}

/**
 * A `postmaster.pid` whose number belongs to another program, or to a dead process that nobody
 * has waited for (usual in containers), would keep PostgreSQL from starting. One whose number is
 * free is left to PostgreSQL, which also looks for children that outlived their server.
 */
async function removeStaleLockFile(cluster: Cluster): Promise<void> {
  const lock = await readLockFile(cluster)
  if (!lock || !isAlive(lock.pid)) return
  if ((await identify(lock.pid, dataFolder(cluster))) === 'ours') return
  await rm(join(dataFolder(cluster), 'postmaster.pid'))
}

async function serverUrl(
  cluster: Cluster,
  place: { port: number; socket: string },
  database: string,
): Promise<string> {
  const user = `${ownerName}:${await readPassword(cluster)}`
  return place.socket
    ? `postgresql://${user}@${encodeURIComponent(place.socket)}/${database}`
    : `postgresql://${user}@127.0.0.1:${place.port}/${database}`
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // it may go down again while we look
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Each start has its own log, and the one before is kept. */
async function openLog(cluster: Cluster) {
  const path = logFile(cluster)
  await rename(path, join(cluster.home, 'server.previous.log')).catch(() => {})
  const log = await open(path, 'a', 0o600)
  await own(path, cluster.account)
  return log
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
