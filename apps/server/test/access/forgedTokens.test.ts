import { createHmac, randomUUID } from 'node:crypto'
import { sessions, users } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import {
  startTestServer,
  type TestServer,
  testPassword,
  testSecret,
} from '../../src/testing/testServer.ts'

let server: TestServer
let adminId: string
let sessionId: string

beforeAll(async () => {
  server = await startTestServer()
  const [admin] = await server.db.select().from(users).where(eq(users.username, 'anton'))
  adminId = admin?.id ?? ''
  const [session] = await server.db.select().from(sessions).where(eq(sessions.userId, adminId))
  sessionId = session?.id ?? ''
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const now = Math.floor(Date.now() / 1000)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const hashOf: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

type Forgery = {
  header?: object
  payload?: object | string | null
  secret?: string
  /** In place of the right one. */
  signature?: string
}

/** A token that is right in all but what is given. */
function forge({ header, payload, secret = testSecret, signature }: Forgery = {}): string {
  const fullHeader = { alg: 'HS256', typ: 'at+jwt', ...header }
  const claims = {
    sub: adminId,
    sid: sessionId,
    jti: randomUUID(),
    iss: 'stockbook',
    aud: 'stockbook-rpc',
    iat: now,
    exp: now + 200,
  }
  const body = typeof payload === 'string' ? payload : { ...claims, ...payload }
  const signed = `${encode(fullHeader)}.${encode(body)}`
  const made = createHmac(hashOf[fullHeader.alg] ?? 'sha256', secret).update(signed)
  return `${signed}.${signature ?? made.digest('base64url')}`
}

const call = (authorization: string) =>
  rawCall(server.url, 'users.list', { input: {}, headers: { authorization } })

/** An answer without what differs from request to request. */
const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, '')

test('a token made like this, with nothing forged, opens the door', async () => {
  expect((await call(`Bearer ${forge()}`)).status).toBe(200)
  expect((await call(`bearer ${forge()}`)).status).toBe(200)
})

describe('a forged token is refused, with the same answer as no token', () => {
  const forgeries: Record<string, Forgery> = {
    'algorithm none, unsigned': { header: { alg: 'none' }, signature: '' },
    'algorithm None, unsigned': { header: { alg: 'None' }, signature: '' },
    'algorithm nOnE, signed': { header: { alg: 'nOnE' } },
    'algorithm HS384 with the same key': { header: { alg: 'HS384' } },
    'algorithm HS512 with the same key': { header: { alg: 'HS512' } },
    'algorithm RS256': { header: { alg: 'RS256' } },
    'no algorithm': { header: { alg: undefined } },
    'another key': { secret: 'a secret that somebody guessed' },
    'an empty key': { secret: '' },
    'an empty signature': { signature: '' },
    'a cut signature': { signature: 'AAAA' },
    'no expiry': { payload: { exp: undefined } },
    'an expiry that is no number': { payload: { exp: 'never' } },
    'an expiry in the far future': { payload: { exp: 1e300 } },
    'an expiry in the past': { payload: { exp: now - 1 } },
    'a longer life than tokens have': { payload: { iat: now - 3600, exp: now + 3600 } },
    'made in the far future': { payload: { iat: now + 86_400, exp: now + 86_600 } },
    'no time of making': { payload: { iat: undefined } },
    'not valid yet': { payload: { nbf: now + 1000 } },
    'another issuer': { payload: { iss: 'elsewhere' } },
    'no issuer': { payload: { iss: undefined } },
    'another audience': { payload: { aud: 'elsewhere' } },
    'no audience': { payload: { aud: undefined } },
    'several audiences': { payload: { aud: ['stockbook-rpc', 'elsewhere'] } },
    'no session': { payload: { sid: undefined } },
    'a session that is no id': { payload: { sid: '../sessions' } },
    'a session that is not there': { payload: { sid: randomUUID() } },
    'a session that is a list': { payload: { sid: [randomUUID()] } },
    'the type of a token in small letters': { header: { typ: 'AT+JWT' } },
    'an expiry that is text': { payload: { exp: String(now + 200) } },
    'a time of making that is text': { payload: { iat: String(now) } },
    'a time of making before there was any': { payload: { iat: -1 } },
    'the type of another token': { header: { typ: 'rt+jwt' } },
    'the type JWT': { header: { typ: 'JWT' } },
    'no type': { header: { typ: undefined } },
    'an extension that must be understood': { header: { crit: ['exp'], exp: 1 } },
    'an empty list of extensions': { header: { crit: [] } },
    'a payload that is a string': { payload: 'a string' },
    'no user': { payload: { sub: undefined } },
    'a user that is no id': { payload: { sub: "' OR 1=1 --" } },
    'a user that is not there': { payload: { sub: randomUUID() } },
    'no id of its own': { payload: { jti: undefined } },
  }

  test.each(Object.entries(forgeries))('%s', async (_name, forgery) => {
    const refused = await call(`Bearer ${forge(forgery)}`)
    const without = await rawCall(server.url, 'users.list', { input: {} })
    expect(refused.status).toBe(401)
    expect(withoutId(refused.text)).toBe(withoutId(without.text))
  })

  test.each([
    ['three empty parts', () => '..'],
    ['two parts', () => forge().split('.').slice(0, 2).join('.')],
    ['four parts', () => `${forge()}.x`],
    ['a token within words', () => `${forge()} x`],
    ['no JSON', () => 'eA.eA.eA'],
    ['10 KB of token', () => forge({ payload: { padding: 'x'.repeat(10_000) }, signature: 'x' })],
  ])('%s', async (_name, token) => {
    const refused = await call(`Bearer ${token()}`)
    expect({ status: refused.status, code: refused.failure?.code }).toEqual({
      status: 401,
      code: 'SIGN_IN_REQUIRED',
    })
  })

  test.each(['Basic', 'Token', 'BearerX', ''])('the scheme "%s"', async (scheme) => {
    expect((await call(`${scheme} ${forge()}`)).status).toBe(401)
  })

  const ownKey = 'a key that a stranger made, of good length too'
  const keyHeaders: [string, object][] = [
    ['kid of a file', { kid: '../../dev/null' }],
    ['kid of a row', { kid: "x' union select 'a key' --" }],
    ['kid that nobody knows', { kid: randomUUID() }],
    ['jku', { jku: 'https://evil.example/keys' }],
    ['x5u', { x5u: 'https://evil.example/certificate' }],
    ['x5c', { x5c: [Buffer.from(ownKey).toString('base64')] }],
    ['jwk', { jwk: { kty: 'oct', k: Buffer.from(ownKey).toString('base64url') } }],
  ]

  test.each(keyHeaders)(
    'signed with a key that its own header brings: %s',
    async (_name, header) => {
      for (const secret of [ownKey, '', 'a key']) {
        expect((await call(`Bearer ${forge({ header, secret })}`)).status).toBe(401)
      }
    },
  )
})

describe('a token that the server itself would make is refused', () => {
  test('for the session of another user', async () => {
    const { id } = await openSession(server.url, 'olga', testPassword)
    expect((await call(`Bearer ${forge({ payload: { sid: id } })}`)).status).toBe(401)
  })

  test('for a session that has ended', async () => {
    const { id, accessToken } = await openSession(server.url, 'anton', testPassword)
    const made = `Bearer ${forge({ payload: { sid: id } })}`
    expect((await call(made)).status).toBe(200)
    await rawCall(server.url, 'auth.signOut', { method: 'POST', token: accessToken, input: {} })
    expect((await call(made)).status).toBe(401)
  })

  test('for a user who is disabled', async () => {
    await server.signInAs('dora', 'admin')
    const { id, user } = await openSession(server.url, 'dora', testPassword)
    const made = `Bearer ${forge({ payload: { sub: user.id, sid: id } })}`
    expect((await call(made)).status).toBe(200)
    await server.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id))
    expect((await call(made)).status).toBe(401)
  })
})

test('a refresh token and an API key are no access tokens, nor the other way round', async () => {
  const { accessToken, refreshToken } = await openSession(server.url, 'anton', testPassword)
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'a script', role: 'admin' })
  expect((await call(`Bearer ${accessToken}`)).status).toBe(200)
  expect((await call(`ApiKey ${key}`)).status).toBe(200)
  for (const authorization of [
    `Bearer ${refreshToken}`,
    `Bearer ${key}`,
    `ApiKey ${accessToken}`,
    `ApiKey ${refreshToken}`,
    `Bearer ApiKey ${key}`,
    accessToken,
    key,
  ]) {
    expect((await call(authorization)).status).toBe(401)
  }
})

test('a token of a megabyte is refused before it is read', async () => {
  const answer = await call(`Bearer ${forge({ payload: { padding: 'x'.repeat(1_000_000) } })}`)
  expect(answer.status).toBe(431)
})

test('a token that was changed by one letter is refused', async () => {
  const token = await signInFor(server.url, 'anton', testPassword)
  expect((await call(`Bearer ${token}`)).status).toBe(200)
  for (const index of [3, token.indexOf('.') + 3, token.lastIndexOf('.') + 3]) {
    const letter = token[index] === 'A' ? 'B' : 'A'
    const changed = token.slice(0, index) + letter + token.slice(index + 1)
    expect((await call(`Bearer ${changed}`)).status).toBe(401)
  }
})

test('forged tokens write nothing, wherever they are tried', async () => {
  const before = await databaseContents(server.db)
  const forged = [
    forge({ secret: '' }),
    forge({ secret: 'guess' }),
    forge({ header: { alg: 'none' }, signature: '' }),
    forge({ payload: { exp: now - 1 } }),
    forge({ payload: { sid: randomUUID() } }),
    forge({ payload: { sub: randomUUID() } }),
  ]
  for (const token of forged) {
    for (const [path, input] of [
      ['categories.create', { name: 'Forged' }],
      ['users.create', { username: 'forged', role: 'admin', password: testPassword }],
      ['apiKeys.create', { name: 'forged', role: 'admin' }],
      ['sessions.end', { id: sessionId }],
      ['auth.signOutEverywhere', {}],
    ] as const) {
      const { status } = await rawCall(server.url, path, { method: 'POST', token, input })
      expect({ path, status }).toEqual({ path, status: 401 })
    }
  }
  expect(await databaseContents(server.db)).toEqual(before)
})
