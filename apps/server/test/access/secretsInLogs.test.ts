import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/http/log.ts'
import { LogLines } from '../../src/testing/logLines.ts'
import { type OpenSession, type RawAnswer, rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import {
  startTestServer,
  type TestServer,
  testPassword,
  testSecret,
} from '../../src/testing/testServer.ts'

let server: TestServer
/** Says as much as a server ever does: every statement, and the lines for finding faults. */
let talkative: SecondServer
const lines = new LogLines()

beforeAll(async () => {
  server = await startTestServer()
  talkative = await startSecondServer(server, { log: createLog('debug', lines) })
})

afterAll(async () => {
  await talkative[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const secrets: string[] = []

/** A text that must not come up in any line. */
function canary(): string {
  const text = `canary-${secrets.length}-${crypto.randomUUID()}`
  secrets.push(text)
  return text
}

const post = (path: string, input: unknown, headers: Record<string, string> = {}) =>
  rawCall(talkative.url, path, { method: 'POST', input, headers })

const asJson = { 'content-type': 'application/json' }

/** Everything secret that an answer held. */
function noteSecretsOf({ result }: RawAnswer): void {
  const { accessToken, refreshToken, key } = (result ?? {}) as Record<string, string | undefined>
  for (const text of [accessToken, refreshToken, key]) if (text) secrets.push(text)
}

/** Renames a table, so that whatever needs it fails with its statement and its parameters. */
async function without(table: string, work: () => Promise<unknown>): Promise<void> {
  await server.db.execute(sql.raw(`alter table ${table} rename to away`))
  try {
    await work()
  } finally {
    await server.db.execute(sql.raw(`alter table away rename to ${table}`))
  }
}

test('no line of the log holds a password, a token, a key, a hash or an input, whatever fails', async () => {
  const opened = await post('auth.signIn', { username: 'anton', password: testPassword })
  noteSecretsOf(opened)
  secrets.push(testPassword, testSecret)
  const { accessToken, refreshToken } = opened.result as OpenSession
  const signedIn = { authorization: `Bearer ${accessToken}` }
  const cookie = `__Host-stockbook-refresh=${canary()}`

  const answers = [
    // Sign-ins that are refused, in every way.
    await post('auth.signIn', { username: canary(), password: canary() }),
    await post('auth.signIn', { username: 'olga', password: canary() }),
    await post('auth.signIn', { username: 'olga', password: canary(), more: canary() }),
    await post('auth.signIn', { username: 'olga', password: [canary()] }),
    await post('auth.signIn', { username: 'olga', password: `${canary()}\0` }),
    await post('auth.signIn', { username: 'olga', password: canary(), keep: 'cookie' }),
    await rawCall(talkative.url, 'auth.signIn', {
      method: 'POST',
      body: `{"json":{"password":"${canary()}"`,
      headers: asJson,
    }),
    await rawCall(talkative.url, 'auth.signIn', { input: { password: canary() } }),
    await rawCall(talkative.url, 'auth.signIn', {
      method: 'POST',
      body: new URLSearchParams({ password: canary() }),
    }),
    // Headers that are refused, or are not read.
    await post('auth.signOut', {}, { authorization: `Bearer ${canary()}` }),
    await post('auth.signOut', {}, { authorization: `ApiKey ${canary()}` }),
    await post('auth.signOut', {}, { authorization: `Basic ${canary()}` }),
    await post('auth.signOut', {}, { authorization: canary() }),
    await post('auth.signOut', {}, { cookie, 'x-api-key': canary() }),
    await post('auth.refresh', {}, { cookie }),
    await post('auth.refresh', { refreshToken: canary() }),
    // What an administrator sends.
    await post(
      'users.create',
      { username: 'nina', role: 'operator', password: canary() },
      signedIn,
    ),
    await post(
      'users.create',
      { username: 'anton', role: 'operator', password: canary() },
      signedIn,
    ),
    await post('users.create', { username: 'x', role: canary(), password: canary() }, signedIn),
    await post(
      'auth.changePassword',
      { currentPassword: canary(), newPassword: canary() },
      signedIn,
    ),
    await post('apiKeys.create', { name: 'a scanner', role: 'operator' }, signedIn),
    await post('auth.refresh', { refreshToken }),
    await rawCall(talkative.url, `products.list?secret=${canary()}`, { headers: signedIn }),
    await rawCall(talkative.url, 'products.list', {
      headers: signedIn,
      input: { search: canary() },
    }),
  ]
  answers.forEach(noteSecretsOf)
  // Faults of the database, with all that a statement was given.
  await without('sessions', async () => {
    answers.push(await post('auth.signIn', { username: 'olga', password: testPassword }))
    answers.push(await post('auth.refresh', { refreshToken }))
    answers.push(await post('auth.signOut', {}, signedIn))
  })
  await without('rate_limits', async () => {
    answers.push(await post('auth.signIn', { username: canary(), password: canary() }))
  })
  await without('audit_log', async () => {
    const input = { username: 'otto', role: 'operator', password: canary() }
    answers.push(await post('users.create', input, signedIn))
    answers.push(await post('apiKeys.create', { name: canary(), role: 'operator' }, signedIn))
  })
  await without('users', async () => {
    answers.push(await post('auth.signIn', { username: canary(), password: canary() }))
  })
  expect(answers.filter(({ status }) => status === 500)).toHaveLength(7)

  const { rows } = await server.db.execute<{ hash: string }>(sql`
    select password_hash as hash from users where password_hash is not null
    union all select token_hash from sessions
    union all select key_hash from api_keys`)
  secrets.push(...rows.map(({ hash }) => hash))
  const written = lines.texts.join('')
  expect(secrets.length).toBeGreaterThan(40)
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([])
  // So the log does say what happened.
  expect(written).toContain('insert into \\"users\\"')
  expect(written).toContain('auth.signIn')
  const told = answers.map(({ text }) => text).filter((text) => text.includes('INTERNAL'))
  expect(told.filter((text) => /insert|select|\$2b\$|canary/.test(text))).toEqual([])
})

describe('one thing that happens is one line, whatever its text:', () => {
  const breaks = 'x\r\n{"level":30,"msg":"forged"}\u2028\u001b[31m'

  test.each<[string, () => Promise<RawAnswer>]>([
    ['a user name', () => post('auth.signIn', { username: breaks, password: 'x' })],
    ['a password', () => post('auth.signIn', { username: 'olga', password: breaks })],
    [
      'the name of a procedure',
      () => rawCall(talkative.url, `auth.${encodeURIComponent(breaks)}`, {}),
    ],
    ['a parameter', () => rawCall(talkative.url, `auth.me?${encodeURIComponent(breaks)}`, {})],
  ])('%s', async (_what, call) => {
    const { headers } = await call()
    const requestId = headers.get('x-request-id') ?? ''
    for (const text of lines.texts) {
      expect(text.indexOf('\n')).toBe(text.length - 1)
      expect(text).not.toContain('\r')
      expect(text).not.toContain('\u001b')
      expect(JSON.parse(text)).not.toMatchObject({ msg: 'forged' })
    }
    const requests = lines.of(requestId).filter((line) => 'req' in line)
    expect(requests).toHaveLength(1)
  })
})
