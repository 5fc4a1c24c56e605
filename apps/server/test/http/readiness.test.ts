import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createDb } from '@stockbook/db'
import { migrationStatus } from '@stockbook/db/migrate'
import { createTestDatabase } from '@stockbook/db/testing'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { readEnvironment } from '../../src/env.ts'
import { createLog } from '../../src/http/log.ts'
import { startServer } from '../../src/server.ts'
import { holdTable } from '../../src/testing/holdTable.ts'
import { LogLines } from '../../src/testing/logLines.ts'

/** A server as it is started in earnest, over plain HTTP. */
async function startOn(databaseUrl: string) {
  const server = await startServer({
    environment: readEnvironment({
      HTTPS: 'false',
      HOST: '127.0.0.1',
      PORT: '0',
      SECRET_KEY: 'of a test, and of nothing else: 4711',
    }),
    databaseUrl,
    ownerUrl: databaseUrl,
    folder: '/nowhere',
    log: createLog('info', new LogLines()),
  })
  return { ...server, [Symbol.asyncDispose]: () => server.stop() }
}

async function statusOf(url: string, path: string) {
  const answer = await fetch(url + path)
  return { status: answer.status, ...((await answer.json()) as object) }
}

const alive = { status: 'ok' }

test('a server on an up-to-date database is alive and ready', async () => {
  await using database = await createTestDatabase()
  await using server = await startOn(database.url)
  expect(await statusOf(server.url, '/healthz')).toEqual(alive)
  expect(await statusOf(server.url, '/readyz')).toEqual({ status: 'ready' })
})

test('a database that is behind makes it not ready, and says which migrations are missing', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using server = await startOn(database.url)
  const { pending } = await migrationStatus(database.url)
  expect(pending.length).toBeGreaterThan(0)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect(await statusOf(server.url, '/readyz')).toEqual({
    status: 'not ready',
    reason: `the database is behind: ${pending.join(', ')}`,
  })
  expect(await statusOf(server.url, '/healthz')).toEqual(alive)
})

test('a database that is ahead makes it not ready, and says by what', async () => {
  await using database = await createTestDatabase()
  const db = createDb({ url: database.url, maxConnections: 1 })
  await db.execute(sql`
    insert into migrations.applied (name, checksums, applied_by, duration_ms)
    values ('9999_of_a_newer_server', '{}', 'test', 0)`)
  await db.$client.end()
  await using server = await startOn(database.url)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect(await statusOf(server.url, '/readyz')).toEqual({
    status: 'not ready',
    reason: 'the database is ahead: 9999_of_a_newer_server',
  })
})

test('a database that is gone makes it not ready, and alive all the same', async () => {
  const database = await createTestDatabase()
  await using server = await startOn(database.url)
  expect(await statusOf(server.url, '/readyz')).toEqual({ status: 'ready' })
  await database[Symbol.asyncDispose]()
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect(await statusOf(server.url, '/readyz')).toEqual({
    status: 'not ready',
    reason: 'the database cannot be reached',
  })
  expect(await statusOf(server.url, '/healthz')).toEqual(alive)
})

/** Sends a call that waits for the table of users, and resolves once it does. */
async function openCall(databaseUrl: string, serverUrl: string) {
  const held = await holdTable(databaseUrl, 'users')
  const { hostname, port } = new URL(serverUrl)
  const socket = connect(Number(port), hostname)
  let answers = ''
  socket.on('data', (data) => {
    answers += data
    // Asks once more, as a client would that keeps its connection.
    if (answers.includes('is stopping')) socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  })
  // The last question meets a closed connection.
  socket.on('error', () => {})
  const closed = once(socket, 'close').then(() => answers)
  const body = '{"json":{"username":"nobody","password":"nothing"}}'
  socket.write(
    `POST /rpc/auth.signIn HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await held.whenOneWaits()
  return { socket, closed, release: held.release }
}

test('a server that stops lets an open call end, takes no new ones, and says that it stops', async () => {
  await using database = await createTestDatabase()
  const server = await startOn(database.url)
  const call = await openCall(database.url, server.url)

  let stopped = false
  const stopping = server.stop().then(() => {
    stopped = true
  })
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed')
  call.socket.write('GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n')
  expect(stopped).toBe(false)

  await call.release()
  await stopping
  const [signIn, readiness, ...more] = (await call.closed).split(/(?=HTTP\/1\.1 )/)
  expect(signIn).toMatch(/^HTTP\/1\.1 401 /)
  expect(signIn).toContain('SIGN_IN_FAILED')
  expect(readiness).toMatch(/^HTTP\/1\.1 503 /)
  expect(readiness).toContain('the server is stopping')
  expect(more).toEqual([])
})

test('a server may be told to stop more than once, and stops once', async () => {
  await using database = await createTestDatabase()
  const server = await startOn(database.url)
  await Promise.all([server.stop(), server.stop()])
  await server.stop()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed')
})

test('an idle connection does not keep a server from stopping', async () => {
  await using database = await createTestDatabase()
  const server = await startOn(database.url)
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const answer = text(socket)
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  await new Promise((resolve) => socket.once('readable', resolve))
  await server.stop()
  expect(await answer).toContain('"ok"')
})
