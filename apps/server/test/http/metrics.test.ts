import { networkInterfaces } from 'node:os'
import { createTestDatabase } from '@stockbook/db/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readEnvironment } from '../../src/env.ts'
import { createLog } from '../../src/http/log.ts'
import { startServer } from '../../src/server.ts'
import { LogLines } from '../../src/testing/logLines.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { restCall } from '../../src/testing/restCall.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let token: string
let line: { type: 'incoming'; productId: string; toLocationId: string; quantity: number }
const log = new LogLines()

beforeAll(async () => {
  server = await startTestServer(log)
  token = await signInFor(server.url, 'olga', testPassword)
  const { products, locations } = server.admin
  const product = await products.create.mutate({ sku: 'TEA', name: 'Tea', baseUnit: 'piece' })
  const house = await locations.create.mutate({ kind: 'warehouse', code: 'W', name: 'Main' })
  const bin = { kind: 'bin' as const, code: 'B-1', name: 'Bin', parentId: house.id }
  const { id: toLocationId } = await locations.create.mutate(bin)
  line = { type: 'incoming', productId: product.id, toLocationId, quantity: 1 }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const read = async (url = server.url) => (await fetch(`${url}/metrics`)).text()

/** The figure of a series, 0 when there is none yet. */
async function figure(series: string, url = server.url): Promise<number> {
  const found = (await read(url)).split('\n').find((text) => text.startsWith(`${series} `))
  return Number(found?.slice(series.length) ?? 0)
}

test('every call is counted under its procedure and how it ended, whichever way it came', async () => {
  const calls = (procedure: string, code: string) =>
    figure(`stockbook_call_duration_seconds_count{procedure="${procedure}",code="${code}"}`)
  const input = { noSuchField: 1 }
  await rawCall(server.url, 'products.list', { token })
  await rawCall(server.url, 'products.list', { token, input: {} })
  await restCall(server.url, 'products.list', { authorization: `Bearer ${token}` })
  await rawCall(server.url, 'products.list', { token, input })
  await rawCall(server.url, 'products.list')
  await rawCall(server.url, 'users.list', { token, input: {} })
  expect(await calls('products.list', 'OK')).toBe(2)
  expect(await calls('products.list', 'INVALID_INPUT')).toBe(2)
  expect(await calls('products.list', 'SIGN_IN_REQUIRED')).toBe(1)
  expect(await calls('users.list', 'ADMIN_REQUIRED')).toBe(1)
})

test('what callers write is in no label, and makes no more of them', async () => {
  const visit = async (word: string) => {
    await fetch(`${server.url}/${word}`)
    await fetch(`${server.url}/${word}/metrics?${word}`)
    await rawCall(server.url, `${word}.list`, { token })
    await rawCall(server.url, `products.${word}`, { token })
    await restCall(server.url, `products.${word}`)
    await rawCall(server.url, 'auth.signIn', {
      method: 'POST',
      input: { username: word, password: word },
    })
    await rawCall(server.url, 'products.list', { token, input: { search: word } })
  }
  const seriesOf = (text: string) => text.split('\n').map((one) => one.replace(/ \S+$/, ''))
  await visit('hidden0')
  const before = seriesOf(await read())
  for (let index = 1; index <= 5; index++) await visit(`hidden${index}`)
  const after = await read()
  expect(seriesOf(after)).toEqual(before)
  expect(after).not.toMatch(/hidden|olga|127\.0\.0\.1/)
})

test('commands that are posted together are counted, each with its wait', async () => {
  const before = await figure('stockbook_posting_batch_commands_sum')
  await Promise.all(
    Array.from({ length: 20 }, () => server.operator.movements.post.mutate({ lines: [line] })),
  )
  expect(await figure('stockbook_posting_batch_commands_sum')).toBe(before + 20)
  expect(await figure('stockbook_posting_wait_seconds_count')).toBe(before + 20)
  const batches = await figure('stockbook_posting_batch_commands_count')
  expect(await figure('stockbook_posting_batch_duration_seconds_count')).toBe(batches)
  expect(await figure('stockbook_posting_waiting')).toBe(0)
})

test('a command that is sent away is counted with the reason', async () => {
  await using full = await startSecondServer(server, { posting: { waitingJobs: 0 } })
  await rawCall(full.url, 'movements.post', {
    method: 'POST',
    token,
    input: { commandId: crypto.randomUUID(), lines: [line] },
  })
  const refusals = 'stockbook_posting_refusals_total'
  expect(await figure(`${refusals}{reason="full"}`, full.url)).toBe(1)
  expect(await figure(`${refusals}{reason="full"}`)).toBe(0)
})

test('a subscription is counted while it is open, and is no long request', async () => {
  const open = () => figure('stockbook_subscriptions_open')
  let subscription = { unsubscribe() {} }
  await new Promise<unknown>((onData, onError) => {
    subscription = server.operator.stock.changes.subscribe({}, { onData, onError })
  })
  expect(await open()).toBe(1)
  subscription.unsubscribe()
  await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 10_000 })
})

test('the connections to the database are told, also those that are waited for', async () => {
  const clients = await Promise.all(
    Array.from({ length: 20 }, () => server.serverDb.$client.connect()),
  )
  expect(await figure('stockbook_database_connections_used')).toBe(20)
  const waiting = server.serverDb.$client.connect()
  expect(await figure('stockbook_database_waiting')).toBe(1)
  for (const client of clients) client.release()
  ;(await waiting).release()
  expect(await figure('stockbook_database_connections_used')).toBe(0)
  expect(await figure('stockbook_database_connections_idle')).toBe(20)
})

test('it is in the form that Prometheus reads, kept by nobody, and makes no line of the log', async () => {
  log.texts.length = 0
  const { headers } = await fetch(`${server.url}/metrics`)
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(log.texts).toEqual([])
})

test('who comes through a proxy may not read it without a token', async () => {
  for (const header of ['x-forwarded-for', 'forwarded']) {
    const headers = { [header]: '127.0.0.1' }
    const answer = await fetch(`${server.url}/metrics`, { headers })
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('stockbook_')
  }
})

/** A server as it is started in earnest, on every address of this machine. */
async function startInEarnest(settings: NodeJS.ProcessEnv) {
  const database = await createTestDatabase()
  const started = await startServer({
    environment: readEnvironment({
      HTTPS: 'false',
      PORT: '0',
      SECRET_KEY: 'of a test, and of nothing else: 4711',
      ...settings,
    }),
    databaseUrl: database.url,
    ownerUrl: database.url,
    folder: '/nowhere',
    log: createLog('info', new LogLines()),
  })
  return {
    port: new URL(started.url).port,
    async [Symbol.asyncDispose]() {
      await started.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

const otherAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

test('without a token only this machine may read it, and learns of the process too', async () => {
  await using started = await startInEarnest({})
  const own = await read(`http://127.0.0.1:${started.port}`)
  expect(own).toMatch(/^process_start_time_seconds \d+$/m)
  expect(own).toMatch(/^nodejs_eventloop_lag_seconds /m)
  expect(own).toMatch(/^process_resident_memory_bytes \d+$/m)
  if (otherAddress === undefined) return
  const { status } = await fetch(`http://${otherAddress}:${started.port}/metrics`)
  expect(status).toBe(403)
})

test('with a token, who brings it may read it, from anywhere, and nobody else', async () => {
  const secret = 'a-token.of~sixteen+'
  await using started = await startInEarnest({ METRICS_TOKEN: secret })
  const statusFor = async (authorization?: string, host = '127.0.0.1') => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      ...(authorization !== undefined && { authorization }),
    }
    return (await fetch(`http://${host}:${started.port}/metrics`, { headers })).status
  }
  expect(await statusFor(`Bearer ${secret}`)).toBe(200)
  for (const wrong of [undefined, '', 'Bearer', `Bearer ${secret}x`, `Basic ${secret}`, secret]) {
    expect(await statusFor(wrong)).toBe(401)
  }
})
