import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listAll } from '@stockbook/client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startJobs } from '../../src/features/jobs/start.ts'
import { createLog } from '../../src/http/log.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

let server: TestServer
let jobs: ReturnType<typeof startJobs>
let folder: string
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  server = await startTestServer()
  jobs = startJobs(server.serverDb, createLog('info', { write: () => {} }))
  folder = await mkdtemp(join(tmpdir(), 'stockbook-follow-'))
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'follower', role: 'admin' })
  environment = {
    ...process.env,
    STOCKBOOK_URL: server.url,
    STOCKBOOK_API_KEY: key,
    MIRROR_FILE: join(folder, 'products.json'),
  }
})

afterAll(async () => {
  await jobs.stop()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function startFollower(): ChildProcess {
  return spawn(
    process.execPath,
    ['--import=tsx', '--conditions=source', 'examples/follow-products/src/follow.ts'],
    { cwd: root, env: environment, stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

async function kill(follower: ChildProcess): Promise<void> {
  const ended = once(follower, 'exit')
  follower.kill('SIGKILL')
  await ended
}

type Versions = Record<string, { name: string; version: number; abcClass: string | null }>

const shape = ({ name, version, abcClass }: Versions[string]) => ({ name, version, abcClass })

async function mirrored(): Promise<Versions> {
  const text = await readFile(environment.MIRROR_FILE!, 'utf8').catch(() => '{"products":{}}')
  const { products } = JSON.parse(text) as { products: Versions }
  return Object.fromEntries(Object.entries(products).map(([id, product]) => [id, shape(product)]))
}

async function kept(): Promise<Versions> {
  const products: Versions = {}
  for await (const product of listAll(server.admin.products.list, { archived: 'all' })) {
    products[product.id] = shape(product)
  }
  return products
}

const untilEqual = () =>
  vi.waitFor(async () => expect(await mirrored()).toEqual(await kept()), {
    timeout: 60_000,
    interval: 200,
  })

test('the example that follows products has them all, however often it is killed meanwhile', async () => {
  const { admin } = server
  const ids: string[] = []
  for (let product = 0; product < 20; product++) ids.push((await makeProduct(admin)).id)
  let isDone = false
  const change = async () => {
    for (let round = 0; !isDone; round++) {
      await admin.products.update.mutate({ id: ids[round % ids.length]!, name: `name ${round}` })
      if (round % 10 === 0) ids.push((await makeProduct(admin)).id)
    }
  }
  const changing = change()
  try {
    for (let killed = 0; killed < 3; killed++) {
      const follower = startFollower()
      const before = JSON.stringify(await mirrored())
      // It has kept something of its own before it is ended.
      await vi.waitFor(async () => expect(JSON.stringify(await mirrored())).not.toBe(before), {
        timeout: 60_000,
        interval: 20,
      })
      await kill(follower)
    }
  } finally {
    isDone = true
    await changing
  }
  await admin.products.archive.mutate({ id: ids[0]! })
  const follower = startFollower()
  try {
    await untilEqual()
    expect(Object.keys(await mirrored()).length).toBe(ids.length)
  } finally {
    await kill(follower)
  }
}, 180_000)
