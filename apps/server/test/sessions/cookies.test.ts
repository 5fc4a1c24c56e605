import { sessions } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession, rawCall, sessionIdOf } from '../../src/testing/rawCall.ts'
import {
  startTestServer,
  type TestServer,
  testOrigin,
  testPassword,
} from '../../src/testing/testServer.ts'
import { nextCall, refresh, sessionRow, writingNothing } from './calls.ts'

let server: TestServer
let ownPage: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  ownPage = { origin: server.url, 'sec-fetch-site': 'same-origin' }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const cookieName = '__Host-stockbook-refresh'

const signIn = (headers: Record<string, string>) =>
  rawCall(server.url, 'auth.signIn', {
    method: 'POST',
    input: { username: 'olga', password: testPassword, keep: 'cookie' },
    headers,
  })

const refreshByCookie = (cookie: string, headers: Record<string, string> = ownPage) =>
  rawCall(server.url, 'auth.refresh', {
    method: 'POST',
    input: {},
    headers: { ...headers, cookie },
  })

/** The cookie that an answer sets, as a browser sends it back. */
function cookieOf({ headers }: { headers: Headers }): string {
  const [pair = ''] = headers.getSetCookie()[0]?.split(';') ?? []
  return pair
}

/** A session kept in a cookie. */
async function open() {
  const answer = await signIn(ownPage)
  const { accessToken } = answer.result as { accessToken: string }
  return { cookie: cookieOf(answer), accessToken, id: sessionIdOf(accessToken) }
}

const removed = `${cookieName}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict`

test('the own page gets a cookie that no script reads and no other site sends, and no token in the body', async () => {
  const answer = await signIn(ownPage)
  expect(answer.status).toBe(200)
  expect(answer.result).toMatchObject({ refreshToken: null, user: { username: 'olga' } })
  const token = cookieOf(answer).slice(cookieName.length + 1)
  expect(token).toMatch(/^[0-9a-f-]{36}\.1\.[\w-]{43}$/)
  expect(answer.headers.getSetCookie()).toEqual([
    `${cookieName}=${token}; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict`,
  ])
  expect(answer.text).not.toContain(token.split('.')[2])
})

test('a caller that keeps its token itself gets no cookie, from whatever page it calls', async () => {
  const { headers } = await rawCall(server.url, 'auth.signIn', {
    method: 'POST',
    input: { username: 'olga', password: testPassword },
    headers: { origin: testOrigin },
  })
  expect(headers.getSetCookie()).toEqual([])
})

describe('another site', () => {
  const otherSites: [string, () => Record<string, string>][] = [
    ['that names no origin', () => ({})],
    ['of another host', () => ({ origin: 'http://evil.example' })],
    ['that may call without cookies', () => ({ origin: testOrigin })],
    ['of no origin', () => ({ origin: 'null' })],
    ['of another port', () => ({ origin: server.url.replace(/\d+$/, '1') })],
    ['of a host that begins alike', () => ({ origin: `${server.url}.evil.example` })],
    ['of a host that ends alike', () => ({ origin: `http://evil-${new URL(server.url).host}` })],
    ['that puts the host into a name', () => ({ origin: `http://evil.example/${server.url}` })],
    ['with no URL for an origin', () => ({ origin: new URL(server.url).host })],
    ['that the browser calls cross-site', () => ({ ...ownPage, 'sec-fetch-site': 'cross-site' })],
    ['that the browser calls same-site', () => ({ ...ownPage, 'sec-fetch-site': 'same-site' })],
    ['that nobody called', () => ({ ...ownPage, 'sec-fetch-site': 'none' })],
  ]
  const refused = { status: 403, code: 'CROSS_SITE_REFUSED', cookies: [] }
  const told = ({ status, failure, headers }: Awaited<ReturnType<typeof signIn>>) => ({
    status,
    code: failure?.code,
    cookies: headers.getSetCookie(),
  })

  test.each(otherSites)('%s opens no session and counts no attempt', async (_which, headers) => {
    const answer = await writingNothing(server, () => signIn(headers()))
    expect(told(answer)).toEqual(refused)
  })

  test.each(otherSites)('%s renews no session, nor ends it', async (_which, headers) => {
    const { cookie } = await open()
    const answer = await writingNothing(server, () => refreshByCookie(cookie, headers()))
    expect(told(answer)).toEqual(refused)
    expect((await refreshByCookie(cookie)).status).toBe(200)
  })
})

test('a browser that says nothing of the site is believed by its origin', async () => {
  expect((await signIn({ origin: server.url })).status).toBe(200)
})

test('a cookie is traded for a new one, and the page gets an access token', async () => {
  const { cookie, id } = await open()
  const answer = await refreshByCookie(`other=1; ${cookie}; more="x"`)
  expect(answer.result).toMatchObject({ refreshToken: null })
  expect(cookieOf(answer)).not.toBe(cookie)
  expect(cookieOf(answer)).toContain(`${cookieName}=${id}.2.`)
  const { accessToken } = answer.result as { accessToken: string }
  expect(await nextCall(server.url, { accessToken })).toBe('OK')
})

test('two tabs that renew at once both live on', async () => {
  const { cookie, id } = await open()
  const answers = await Promise.all(Array.from({ length: 20 }, () => refreshByCookie(cookie)))
  expect(new Set(answers.map(cookieOf)).size).toBe(1)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await sessionRow(server, id)).toMatchObject({ generation: 2, endedAt: null })
})

test('the token of a cookie is no good in a body, and does not end the session there', async () => {
  const { cookie } = await open()
  const token = cookie.slice(cookieName.length + 1)
  const answer = await writingNothing(server, () => refresh(server.url, token))
  expect({ status: answer.status, code: answer.failure?.code }).toEqual({
    status: 401,
    code: 'SIGN_IN_REQUIRED',
  })
  expect((await refreshByCookie(cookie)).status).toBe(200)
})

test('a token of a body is no good in a cookie, and does not end the session there', async () => {
  const { refreshToken } = await openSession(server.url, 'olga', testPassword)
  const answer = await writingNothing(server, () =>
    refreshByCookie(`${cookieName}=${refreshToken}`),
  )
  expect(answer.failure?.code).toBe('SIGN_IN_REQUIRED')
  expect(answer.headers.getSetCookie()).toEqual([removed])
  expect((await refresh(server.url, refreshToken)).status).toBe(200)
})

test.each([
  ['an empty cookie', `${cookieName}=`, [removed]],
  ['a cookie that nobody made', `${cookieName}=x.1.y`, [removed]],
  // Another tab may be getting one at this moment.
  ['no cookie', '', []],
  ['a cookie of another name', 'stockbook-refresh=x', []],
])('with %s nobody is signed in, and only what came is removed', async (_what, cookie, set) => {
  const answer = await writingNothing(server, () => refreshByCookie(cookie))
  expect(answer.failure?.code).toBe('SIGN_IN_REQUIRED')
  expect(answer.headers.getSetCookie()).toEqual(set)
})

test('an old cookie ends the session, like any old token', async () => {
  const { cookie, id } = await open()
  const { accessToken } = (await refreshByCookie(cookie)).result as { accessToken: string }
  await server.db
    .update(sessions)
    .set({ rotatedAt: sql`${sessions.rotatedAt} - interval '1 minute'` })
    .where(eq(sessions.id, id))
  const { failure, headers } = await refreshByCookie(cookie)
  expect(failure?.code).toBe('SIGN_IN_REQUIRED')
  expect(headers.getSetCookie()).toEqual([removed])
  expect(await nextCall(server.url, { accessToken })).toBe('SIGN_IN_REQUIRED')
})

test.each(['auth.signOut', 'auth.signOutEverywhere'])('%s removes the cookie', async (path) => {
  const { cookie, accessToken } = await open()
  const { headers } = await rawCall(server.url, path, {
    method: 'POST',
    token: accessToken,
    input: {},
    headers: { ...ownPage, cookie },
  })
  expect(headers.getSetCookie()).toEqual([removed])
  expect((await refreshByCookie(cookie)).failure?.code).toBe('SIGN_IN_REQUIRED')
})

describe('with nothing but the cookie', () => {
  test.each([
    ['GET', 'auth.me'],
    ['GET', 'sessions.list'],
    ['POST', 'auth.signOut'],
    ['POST', 'auth.changePassword'],
    ['POST', 'movements.post'],
  ])('%s %s is nobody’s call', async (method, path) => {
    const { cookie } = await open()
    const { failure } = await writingNothing(server, () =>
      rawCall(server.url, path, { method, input: {}, headers: { ...ownPage, cookie } }),
    )
    expect(failure?.code).toBe('SIGN_IN_REQUIRED')
  })
})
