import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acquireEmbeddedPostgres, deleteEmbeddedPostgres, resolveDatabase } from './index.ts'
import { makeOpenCopy } from './openCopy.fixture.ts'
import { own } from './own.ts'
import { identify, isAlive } from './serverProcess.ts'

const fixture = fileURLToPath(new URL('holdDatabase.fixture.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
/** `daemon`: an account that every system has, as initdb wants one with a name. */
const ordinaryUser = { uid: 1, gid: 1 }

let folder: string
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'))
  await chmod(folder, 0o755)
})

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  // What a failed test left running is stopped by whoever comes next.
  if (await serverPid()) await (await acquireEmbeddedPostgres({ folder })).release()
  await rm(folder, { recursive: true, force: true })
})

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function serverPid(home = join(folder, 'postgres')): Promise<number | null> {
  const text = await readFile(join(home, 'data/postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || null
}

async function runs(pid: number | null): Promise<boolean> {
  return (await identify(pid ?? 0, join(folder, 'postgres/data'))) === 'ours'
}

type Holder = { url: string; lines: string[]; child: ChildProcess; release(): Promise<void> }

type HolderOptions = { node?: string; script?: string; cwd?: string; uid?: number; gid?: number }

/** Another process that holds the database until it is told to release it. */
async function hold(options?: HolderOptions): Promise<Holder> {
  const child = startHolder(options)
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += chunk))
  const [printed] = await Promise.race([
    once(child.stdout as NodeJS.EventEmitter, 'data'),
    once(child, 'close').then(() => Promise.reject(new Error(errors))),
  ])
  const release = async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { ...JSON.parse(String(printed)), child, release }
}

function startHolder({ node, script, ...options }: HolderOptions = {}): ChildProcess {
  const child = spawn(node ?? process.execPath, ['--import', 'tsx', script ?? fixture, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  started.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('what was committed is there again at the next start, and nothing runs in between', async () => {
  const first = await acquireEmbeddedPostgres({ folder })
  await query(first.url, 'create table kept as select 7 as n')
  const pid = await serverPid()
  expect(await runs(pid)).toBe(true)
  await first.release()
  await first.release()
  expect(await serverPid()).toBeNull()
  expect(await runs(pid)).toBe(false)

  const second = await acquireEmbeddedPostgres({ folder })
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  await second.release()
})

test('it is durable, checks its pages, listens on no network, and knows the letters of all languages', async () => {
  const { url, release } = await acquireEmbeddedPostgres({ folder })
  const settings = `select name, setting from pg_settings where name in
    ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'server_encoding')`
  const rows = await query(url, settings)
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
  })
  await query(url, 'create extension pg_trgm')
  expect(
    await query(
      url,
      `select lower('ЁЖ') as lower, cardinality(show_trgm('ёж')) as trigrams, 'а' < 'я' as ordered`,
    ),
  ).toEqual([{ lower: 'ёж', trigrams: 3, ordered: true }])
  await release()
})

test('without the password nobody comes in, and no other user can read it', async () => {
  const { url, release } = await acquireEmbeddedPostgres({ folder })
  const guess = url.replace(/:[^:@]*@/, ':guess@')
  await expect(query(guess, 'select 1')).rejects.toThrow('password authentication failed')
  const mode = async (path: string) => (await stat(join(folder, 'postgres', path))).mode & 0o777
  expect(await mode('password')).toBe(0o600)
  expect(await mode('data')).toBe(0o700)
  expect(await mode('socket')).toBe(0o700)
  await release()
})

test('five processes that start at once share one server; it stays until the last has gone', async () => {
  const holders = await Promise.all(Array.from({ length: 5 }, () => hold()))
  expect(new Set(holders.map(({ url }) => url)).size).toBe(1)
  const pid = await serverPid()
  const last = holders.pop() as Holder
  await Promise.all(holders.map(({ release }) => release()))
  expect(await serverPid()).toBe(pid)
  expect(await query(last.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await last.release()
  expect(last.child.exitCode).toBe(0)
  expect(await serverPid()).toBeNull()
  expect(await runs(pid)).toBe(false)
})

test('a killed holder takes nothing from the others, and the last of them still stops the server', async () => {
  const [killed, other] = [await hold(), await hold()]
  const pid = await serverPid()
  await kill(killed.child)
  const next = await acquireEmbeddedPostgres({ folder })
  expect(await serverPid()).toBe(pid)
  expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await other.release()
  expect(await serverPid()).toBe(pid)
  await next.release()
  expect(await serverPid()).toBeNull()
})

test('a server whose only holder was killed is started anew, with all that was committed', async () => {
  const killed = await hold()
  await query(killed.url, 'create table kept as select 7 as n')
  const pid = await serverPid()
  await kill(killed.child)
  const next = await acquireEmbeddedPostgres({ folder })
  expect(await serverPid()).not.toBe(pid)
  expect(await runs(pid)).toBe(false)
  expect(await query(next.url, 'select n from kept')).toEqual([{ n: 7 }])
  await next.release()
})

test('a holder that was killed while the database was being made does not matter', async () => {
  const child = startHolder()
  while (!(await readdir(folder)).some((name) => name.startsWith('postgres.new-'))) await sleep(5)
  await kill(child)
  expect(await readdir(folder)).not.toContain('postgres')
  const next = await acquireEmbeddedPostgres({ folder })
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(folder)).filter((name) => name.includes('new'))).toEqual([])
  await next.release()
})

test('after a crash of the server itself, with sessions open, it starts again with all that was committed', async () => {
  const holder = await hold()
  await query(holder.url, 'create table kept as select 7 as n')
  const session = new pg.Client({ connectionString: holder.url })
  session.on('error', () => {})
  await session.connect()
  const pid = (await serverPid()) ?? 0
  process.kill(pid, 'SIGKILL')
  await kill(holder.child)
  expect(await serverPid()).toBe(pid) // the file of a dead process
  const next = await acquireEmbeddedPostgres({ folder })
  expect(await query(next.url, 'select n from kept')).toEqual([{ n: 7 }])
  await next.release()
})

test("a leftover process number that is now another program's stops neither the start nor that program", async () => {
  await (await acquireEmbeddedPostgres({ folder })).release()
  const owner = await stat(join(folder, 'postgres/data'))
  const user = isRoot ? { uid: owner.uid, gid: owner.gid } : {}
  const stranger = spawn('sleep', ['600'], { ...user, stdio: 'ignore' })
  started.push(stranger)
  const file = join(folder, 'postgres/data/postmaster.pid')
  const socket = join(folder, 'postgres/socket')
  await writeFile(file, `${stranger.pid}\n${folder}/postgres/data\n1\n5432\n${socket}\n\n\nready\n`)
  await own(file, user)
  const { url, release } = await acquireEmbeddedPostgres({ folder })
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  await release()
  expect(isAlive(stranger.pid ?? 0)).toBe(true)
})

test('a folder whose path is too long for a socket works too', async () => {
  const deep = join(folder, 'd'.repeat(60), 'with space, comma, quote\' and "', 'é'.repeat(20))
  const { url, release } = await acquireEmbeddedPostgres({ folder: deep })
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  const socket = decodeURIComponent(new URL(url).hostname)
  expect(socket).not.toContain(folder)
  expect((await stat(socket)).mode & 0o777).toBe(0o700)
  await release()
  await rm(socket, { recursive: true })
})

test('DATABASE_URL wins over the embedded PostgreSQL, which is then not even made', async () => {
  const other = 'postgresql+asyncpg://user:secret@db/stock'
  const database = await resolveDatabase({ DATABASE_URL: other, STOCKBOOK_FOLDER: folder })
  expect(database).toMatchObject({ embedded: false, url: 'postgresql://user:secret@db/stock' })
  await database.close()
  expect(await readdir(folder)).toEqual([])
})

test('with an empty DATABASE_URL the embedded PostgreSQL keeps its data in STOCKBOOK_FOLDER', async () => {
  const database = await resolveDatabase({ DATABASE_URL: ' ', STOCKBOOK_FOLDER: folder })
  expect(database.embedded).toBe(true)
  expect(await serverPid()).not.toBeNull()
  await database.close()
  expect(await serverPid()).toBeNull()
})

test('it says what to do when the programs of PostgreSQL fail', async () => {
  await (await acquireEmbeddedPostgres({ folder })).release()
  const settings = join(folder, 'postgres/data/postgresql.conf')
  const before = await readFile(settings, 'utf8')
  await writeFile(settings, `${before}\nno_such_setting = 1\n`)
  await expect(acquireEmbeddedPostgres({ folder })).rejects.toThrow(
    /did not start[^]*server\.log[^]*no_such_setting/,
  )
  await writeFile(settings, before)
})

test('deleting takes all data, but nothing from someone who uses it', async () => {
  const holder = await hold()
  await query(holder.url, 'create table kept as select 7 as n')
  await expect(deleteEmbeddedPostgres({ folder })).rejects.toThrow('is in use')
  expect(await query(holder.url, 'select n from kept')).toEqual([{ n: 7 }])
  await kill(holder.child)
  await deleteEmbeddedPostgres({ folder })
  expect(await readdir(folder)).toEqual([])
  await deleteEmbeddedPostgres({ folder })
  const next = await acquireEmbeddedPostgres({ folder })
  await expect(query(next.url, 'select n from kept')).rejects.toThrow('does not exist')
  await next.release()
})

if (isRoot) {
  let copy: string

  beforeAll(async () => {
    copy = await makeOpenCopy()
  })

  afterAll(() => rm(copy, { recursive: true, force: true }))

  const holdAsOrdinaryUser = () =>
    hold({
      ...ordinaryUser,
      node: join(copy, 'node'),
      script: join(copy, 'src/embedded/holdDatabase.fixture.ts'),
      cwd: copy,
    })

  test('as root in a closed folder it keeps its data where the account of the server may go, and says so', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const lines: string[] = []
    const database = await acquireEmbeddedPostgres({ folder: closed, log: (l) => lines.push(l) })
    const standIn = dirname(dirname(decodeURIComponent(new URL(database.url).hostname)))
    expect(standIn).toMatch(/^\/var\/lib\/stockbook\/[0-9a-f]{12}$/)
    expect(lines.filter((line) => line.includes(standIn) && line.includes(closed))).toHaveLength(1)
    expect(await query(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await readdir(closed)).toEqual([])
    const same = await acquireEmbeddedPostgres({ folder: closed })
    expect(same.url).toBe(database.url)
    await same.release()
    await database.release()
    await rm(standIn, { recursive: true })
  })

  test('as an ordinary user it runs as that user', async () => {
    await own(folder, ordinaryUser)
    const holder = await holdAsOrdinaryUser()
    expect(await query(holder.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect((await stat(`/proc/${await serverPid()}`)).uid).toBe(ordinaryUser.uid)
    await holder.release()
    expect(await serverPid()).toBeNull()
  })

  test('root may use what an ordinary user made, and leaves it usable for that user', async () => {
    await own(folder, ordinaryUser)
    await (await holdAsOrdinaryUser()).release()
    const asRoot = await acquireEmbeddedPostgres({ folder })
    expect((await stat(`/proc/${await serverPid()}`)).uid).toBe(ordinaryUser.uid)
    await asRoot.release()
    await (await holdAsOrdinaryUser()).release()
  })

  test('an ordinary user is told that the data is another user’s, and who could help', async () => {
    await (await acquireEmbeddedPostgres({ folder })).release()
    await expect(holdAsOrdinaryUser()).rejects.toThrow(/made by another user.*STOCKBOOK_FOLDER/)
  })
}
