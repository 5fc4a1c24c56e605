import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { own } from './own.ts'
import { serverEnvironment } from './serverEnvironment.ts'

/** The role that owns everything in the embedded PostgreSQL, and the database that is made for it. */
export const ownerName = 'stockbook'

/** One PostgreSQL's folder: `data/`, `password`, `socket/` and `server.log` are in it. */
export type Cluster = { home: string; account: Account; binaries: Binaries; durable: boolean }

export const dataFolder = (cluster: Cluster) => join(cluster.home, 'data')

export const readPassword = (cluster: Cluster) => readFile(join(cluster.home, 'password'), 'utf8')

/**
 * Makes the cluster unless it is there. Another process may not do so at the same time. It is
 * built aside and then renamed, so one that was interrupted leaves nothing that looks whole.
 */
export async function initialiseCluster(
  cluster: Cluster,
  log: (line: string) => void,
): Promise<void> {
  const { home, account } = cluster
  const parent = dirname(home)
  const unfinished = `${basename(home)}.new-`
  await mkdir(parent, { recursive: true })
  for (const name of await readdir(parent)) {
    if (!name.startsWith(unfinished)) continue
    // The initdb of a killed process may still be writing there.
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 10 })
  }
  if (await stat(home).catch(() => null)) return
  log(`Making a new database in ${home}`)
  const building = await mkdtemp(join(parent, unfinished))
  await own(building, account)
  const password = join(building, 'password')
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await own(password, account)
  await runInitdb({ ...cluster, home: building }, password)
  await rename(building, home)
}

function runInitdb(cluster: Cluster, password: string): Promise<void> {
  const settings = {
    pgdata: dataFolder(cluster),
    username: ownerName,
    pwfile: password,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    // The same order and letter case on every system.
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
    // pg_trgm asks the system what a letter is: under plain C it finds none in Russian.
    'lc-ctype': characterTypes,
  }
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  args.push('--data-checksums', ...(cluster.durable ? [] : ['--no-sync']))
  return new Promise((resolve, reject) => {
    const child = spawn(cluster.binaries.initdb, args, {
      ...cluster.account,
      cwd: cluster.home,
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) return resolve()
      reject(
        new Error(
          `initdb could not make a database in ${cluster.home} (${signal ?? `exit code ${code}`}):\n${output}`,
        ),
      )
    })
  })
}

const characterTypes = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8' }[platform() as string] ?? 'C'
