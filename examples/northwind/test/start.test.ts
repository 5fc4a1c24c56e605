import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const server = join(root, 'apps/server/dist/cli/main.js')
const loader = join(root, 'examples/northwind/dist/load.js')

let folder: string
let settings: NodeJS.ProcessEnv

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockbook-start-'))
  // As root, PostgreSQL runs as somebody else, who must get in.
  await chmod(folder, 0o755)
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...others } = process.env
  settings = {
    ...others,
    PORT: '0',
    NODE_ENV: 'development',
    STOCKBOOK_FOLDER: join(folder, 'stockbook'),
    HTTPS_KEY_FILE: join(folder, 'ssl/key.pem'),
    HTTPS_CERT_FILE: join(folder, 'ssl/cert.pem'),
  }
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

type Started = { child: ChildProcess; output: () => string }

/** Starts as `npm start` does, and waits for the words that tell that it is up. */
async function start(...options: string[]): Promise<Started> {
  const child = spawn(process.execPath, [server, 'start', '--demonstration', loader, ...options], {
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const up = new Promise<void>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output += chunk
      if (output.includes('Press Ctrl-C to stop.')) resolve()
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.once('exit', () => reject(new Error(`it ended:\n${output}`)))
  })
  await up
  return { child, output: () => output }
}

async function stop({ child }: Started): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  child.kill('SIGINT')
  const [code] = await ended
  return code as number | null
}

const addressIn = (output: string) => /https:\/\/localhost:\d+/.exec(output)?.[0] ?? ''

const passwordIn = (output: string, who: string) =>
  new RegExp(`${who}: +\\w+ +(\\S+)`).exec(output)?.[1] ?? ''

/** Runs the loader by hand, as an administrator would. */
async function load(output: string, password: string) {
  const child = spawn(process.execPath, [loader], {
    env: {
      ...settings,
      STOCKBOOK_URL: addressIn(output),
      STOCKBOOK_USERNAME: 'admin',
      STOCKBOOK_PASSWORD: password,
      NODE_EXTRA_CA_CERTS: settings.HTTPS_CERT_FILE,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'exit')
  return { code: code as number, said }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

test('a first start loads Northwind, a second one keeps it, and each ends without a trace', async () => {
  const first = await start()
  expect(first.output()).toMatch(
    /77 products of 29 suppliers, and 809 shipped orders with 2,082 lines/,
  )
  expect(first.output()).toMatch(/All 77 stock levels equal .*: 3,119 units\./)
  expect(first.output()).toMatch(/The book of 2,159 movements was summed up and has no fault\./)
  const password = passwordIn(first.output(), 'administrator')
  expect(password.length).toBeGreaterThanOrEqual(16)
  expect(passwordIn(first.output(), 'operator')).not.toBe(password)

  const again = await load(first.output(), password)
  expect(again).toMatchObject({ code: 0 })
  // Not a row more than before: every command was recognised.
  expect(again.said).toMatch(/The book of 2,159 movements/)

  expect(await stop(first)).toBe(0)
  expect(first.output()).toContain('Stopping.')
  const postmaster = join(settings.STOCKBOOK_FOLDER ?? '', 'postgres/data/postmaster.pid')
  expect(await isThere(postmaster)).toBe(false)

  const second = await start()
  expect(second.output()).not.toMatch(/Loaded/)
  expect(passwordIn(second.output(), 'administrator')).toBe(password)
  expect(await isThere(postmaster)).toBe(true)
  expect(await stop(second)).toBe(0)
  expect(await isThere(postmaster)).toBe(false)

  const log = await readFile(join(settings.STOCKBOOK_FOLDER ?? '', 'server.log'), 'utf8')
  expect(log).toContain('/rpc/movements.post')
  expect(log).not.toContain(password)
})

test('a wrong password is told, and nothing is loaded', async () => {
  const started = await start()
  const { code, said } = await load(started.output(), 'not the password')
  expect(code).toBe(1)
  expect(said).toMatch(/user name or the password is wrong/)
  expect(await stop(started)).toBe(0)
})

test('sign-ins of another database in the same folder are neither told nor lost', async () => {
  const file = join(settings.STOCKBOOK_FOLDER ?? '', 'sign-ins.json')
  const foreign = {
    adminId: '7d3c1f0e-0000-4000-8000-000000000000',
    loaded: false,
    admin: { username: 'admin', password: 'of another database' },
    operator: { username: 'operator', password: 'of another database' },
  }
  const own = JSON.parse(await readFile(file, 'utf8')) as object[]
  await writeFile(file, JSON.stringify([foreign, ...own]))
  const started = await start()
  expect(passwordIn(started.output(), 'administrator')).not.toBe('')
  expect(started.output()).not.toContain('of another database')
  expect(await stop(started)).toBe(0)
  expect(JSON.parse(await readFile(file, 'utf8'))).toContainEqual(foreign)
})

test('a terminal that is closed takes the database down with it', async () => {
  const child = spawn(process.execPath, [server, 'start', '--empty'], {
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('Press Ctrl-C')) resolve()
    })
  })
  const ended = once(child, 'exit')
  // Nobody reads on: what it still says meets a broken pipe.
  child.stdout.destroy()
  child.stderr.destroy()
  child.kill('SIGHUP')
  expect((await ended)[0]).toBe(0)
  const postmaster = join(settings.STOCKBOOK_FOLDER ?? '', 'postgres/data/postmaster.pid')
  expect(await isThere(postmaster)).toBe(false)
})

test('--reset deletes nothing when nobody is there to answer, and all of it with --yes', async () => {
  const refused = spawn(process.execPath, [server, 'start', '--reset'], {
    env: settings,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  refused.stderr.on('data', (chunk) => (said += chunk))
  const [code] = await once(refused, 'exit')
  expect({ code, said }).toMatchObject({
    code: 1,
    said: expect.stringContaining('Nothing was deleted'),
  })
  const kept = await start('--empty')
  expect(passwordIn(kept.output(), 'administrator')).not.toBe('')
  expect(await stop(kept)).toBe(0)

  const empty = await start('--reset', '--yes', '--empty')
  expect(empty.output()).toContain('The old data is deleted.')
  expect(empty.output()).toContain('user create')
  expect(empty.output()).not.toMatch(/Loaded/)
  expect(await stop(empty)).toBe(0)
})
