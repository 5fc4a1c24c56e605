import { sessions } from '@stockbook/db'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { nextCall, refresh, refreshed } from './calls.ts'

let server: TestServer
let second: SecondServer
let adminToken: string

beforeAll(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
  adminToken = await signInFor(server.url, 'anton', testPassword)
})

afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

test('whatever happens to a user’s sessions at once, no call fails, and a disabled user has none', async () => {
  for (let round = 0; round < 6; round++) {
    const username = `user-${round}`
    await server.signInAs(username, 'operator')
    const open = () => openSession(server.url, username, testPassword)
    const [stolen, used, ended] = [await open(), await open(), await open()]
    const next = await refreshed(server.url, stolen.refreshToken)
    await server.db
      .update(sessions)
      .set({ rotatedAt: sql`now() - interval '1 minute'` })
      .where(eq(sessions.id, stolen.id))
    const { id } = stolen.user
    const post = (url: string, path: string, token: string, input: object) =>
      rawCall(url, path, { method: 'POST', token, input })
    const signIn = (url: string) =>
      rawCall(url, 'auth.signIn', { method: 'POST', input: { username, password: testPassword } })
    const answers = await Promise.all([
      refresh(server.url, stolen.refreshToken),
      refresh(second.url, stolen.refreshToken),
      refresh(second.url, used.refreshToken),
      post(server.url, 'users.disable', adminToken, { id }),
      signIn(second.url),
      post(second.url, 'sessions.end', adminToken, { id: ended.id }),
      post(second.url, 'users.update', adminToken, { id, displayName: `Renamed ${round}` }),
      post(server.url, 'auth.changePassword', used.accessToken, {
        currentPassword: testPassword,
        newPassword: `${testPassword} ${round}`,
      }),
      post(second.url, 'auth.signOutEverywhere', ended.accessToken, {}),
      signIn(server.url),
    ])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => ![200, 401, 404].includes(status))).toEqual([])
    expect(statuses[3]).toBe(200)
    for (const session of [next, used, ended]) {
      expect(await nextCall(server.url, session)).toBe('SIGN_IN_REQUIRED')
    }
    const left = and(eq(sessions.userId, id), isNull(sessions.endedAt))
    expect(await server.db.$count(sessions, left)).toBe(0)
  }
})
