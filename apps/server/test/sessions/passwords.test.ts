import { auditLog, sessions, users } from '@stockbook/db'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpCall, Services } from '../../src/context.ts'
import { changePassword as changeOwnPassword, signIn } from '../../src/features/auth/auth.ts'
import { type OpenSession, openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { nextCall, outcomeOf, refresh, writingNothing } from './calls.ts'

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

const newPassword = 'a longer horse battery'
let made = 0

/** A user of a test's own, with two sessions. */
async function newUser() {
  const username = `user-${++made}`
  await server.signInAs(username, 'operator')
  const open = () => openSession(server.url, username, testPassword)
  return { username, one: await open(), other: await open() }
}

const changePassword = ({ accessToken }: OpenSession, input: object) =>
  rawCall(server.url, 'auth.changePassword', { method: 'POST', token: accessToken, input })

const reset = (id: string, password = newPassword) =>
  rawCall(server.url, 'users.resetPassword', {
    method: 'POST',
    token: adminToken,
    input: { id, password },
  })

const outcomeOfSignIn = (username: string, password: string) =>
  outcomeOf(server.url, 'auth.signIn', { method: 'POST', input: { username, password } })

async function expectEnded(session: OpenSession) {
  for (const { url } of [server, second]) {
    expect(await nextCall(url, session)).toBe('SIGN_IN_REQUIRED')
    expect((await refresh(url, session.refreshToken)).failure?.code).toBe('SIGN_IN_REQUIRED')
  }
}

const openSessionsOf = (userId: string) =>
  server.db.$count(sessions, and(eq(sessions.userId, userId), isNull(sessions.endedAt)))

describe('changing the own password', () => {
  test('ends the other sessions at once, keeps this one, and the new password alone signs in', async () => {
    const { username, one, other } = await newUser()
    const { status, result } = await changePassword(one, {
      currentPassword: testPassword,
      newPassword,
    })
    expect({ status, result }).toMatchObject({ status: 200, result: { username } })
    await expectEnded(other)
    expect(await nextCall(server.url, one)).toBe('OK')
    expect(await nextCall(second.url, one)).toBe('OK')
    expect((await refresh(second.url, one.refreshToken)).status).toBe(200)
    expect(await outcomeOfSignIn(username, testPassword)).toBe('SIGN_IN_FAILED')
    expect(await outcomeOfSignIn(username, newPassword)).toBe('OK')
  })

  test('needs the current one', async () => {
    const { one, other, username } = await newUser()
    const { db } = server
    const hash = async () =>
      (await db.select().from(users).where(eq(users.username, username)))[0]?.passwordHash
    const before = await hash()
    for (const currentPassword of ['a wrong password', '', testPassword.toUpperCase()]) {
      const { status, failure } = await changePassword(one, { currentPassword, newPassword })
      expect({ status, code: failure?.code }).toEqual({ status: 401, code: 'SIGN_IN_FAILED' })
    }
    expect(await hash()).toBe(before)
    expect(await nextCall(server.url, other)).toBe('OK')
    expect(await server.db.$count(auditLog, eq(auditLog.action, 'auth.changePassword'))).toBe(1)
  })

  test('is counted like a sign-in, so that nobody guesses with a stolen session', async () => {
    const { one, username } = await newUser()
    for (let time = 0; time < 10; time++) {
      await changePassword(one, { currentPassword: `guess ${time}`, newPassword })
    }
    const { status, failure, headers } = await changePassword(one, {
      currentPassword: testPassword,
      newPassword,
    })
    expect({ status, code: failure?.code }).toEqual({ status: 429, code: 'TOO_MANY_ATTEMPTS' })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await nextCall(server.url, one)).toBe('OK')
    expect(await outcomeOfSignIn(username, testPassword)).toBe('TOO_MANY_ATTEMPTS')
  })

  test('to a weak one is refused, and nothing is changed', async () => {
    const { one } = await newUser()
    await writingNothing(server, async () => {
      for (const weak of ['short', 'x'.repeat(73), '1qaz2wsx3edc']) {
        const { failure } = await changePassword(one, {
          currentPassword: testPassword,
          newPassword: weak,
        })
        expect(failure).toMatchObject({
          code: 'INVALID_INPUT',
          detail: { issues: [{ path: ['newPassword'] }] },
        })
      }
    })
  })

  test('by ten at once with the same old one is done once', async () => {
    const { one, username } = await newUser()
    const passwords = Array.from({ length: 10 }, (_, index) => `${newPassword} ${index}`)
    const answers = await Promise.all(
      passwords.map((password) =>
        changePassword(one, { currentPassword: testPassword, newPassword: password }),
      ),
    )
    const won = passwords.filter((_, index) => answers[index]!.status === 200)
    expect(won).toHaveLength(1)
    for (const { status, failure } of answers) {
      if (status !== 200) expect(failure?.code).toMatch(/SIGN_IN_FAILED|TOO_MANY_ATTEMPTS/)
    }
    await server.db.execute('truncate rate_limits')
    expect(await outcomeOfSignIn(username, won[0]!)).toBe('OK')
  })
})

describe('a password that an administrator set', () => {
  test('ends every session of the user, and signs in to nothing but choosing another', async () => {
    const { username, one, other } = await newUser()
    expect((await reset(one.user.id)).result).toMatchObject({ mustChangePassword: true })
    await expectEnded(one)
    await expectEnded(other)
    expect(await outcomeOfSignIn(username, testPassword)).toBe('SIGN_IN_FAILED')

    const session = await openSession(server.url, username, newPassword)
    expect(session.user.mustChangePassword).toBe(true)
    const token = session.accessToken
    for (const [method, path] of [
      ['GET', 'products.list'],
      ['GET', 'sessions.list'],
      ['GET', 'users.list'],
      ['POST', 'auth.signOutEverywhere'],
      ['POST', 'movements.post'],
      ['POST', 'products.create'],
    ] as const) {
      const outcome = await outcomeOf(server.url, path, { method, token, input: {} })
      expect({ path, outcome }).toEqual({ path, outcome: 'PASSWORD_CHANGE_REQUIRED' })
    }
    expect(await nextCall(server.url, session)).toBe('OK')

    const chosen = 'chosen by the user alone'
    const same = await changePassword(session, {
      currentPassword: newPassword,
      newPassword,
    })
    expect(same.failure?.code).toBe('INVALID_INPUT')
    const changed = await changePassword(session, {
      currentPassword: newPassword,
      newPassword: chosen,
    })
    expect(changed.result).toMatchObject({ mustChangePassword: false })
    expect(await outcomeOf(server.url, 'products.list', { token, input: {} })).toBe('OK')
    expect(await outcomeOf(second.url, 'products.list', { token, input: {} })).toBe('OK')
  })

  test('can be left by signing out', async () => {
    const { username, one } = await newUser()
    await reset(one.user.id)
    const session = await openSession(server.url, username, newPassword)
    const call = { method: 'POST', token: session.accessToken, input: {} }
    expect(await outcomeOf(server.url, 'auth.signOut', call)).toBe('OK')
    await expectEnded(session)
  })

  test('stays one to be changed over a refresh', async () => {
    const { username, one } = await newUser()
    await reset(one.user.id)
    const { refreshToken } = await openSession(server.url, username, newPassword)
    const { result } = await refresh(server.url, refreshToken)
    const token = (result as OpenSession).accessToken
    expect(await outcomeOf(server.url, 'products.list', { token, input: {} })).toBe(
      'PASSWORD_CHANGE_REQUIRED',
    )
  })

  test('must be a good one, of somebody who is there and signs in with one', async () => {
    const { one } = await newUser()
    const key = await server.admin.apiKeys.create.mutate({ name: 'a scanner', role: 'operator' })
    const outcomes = await writingNothing(server, async () => [
      (await reset(one.user.id, 'password1234')).failure?.code,
      (await reset(crypto.randomUUID())).failure?.code,
      (await reset(key.userId)).failure?.code,
    ])
    expect(outcomes).toEqual(['INVALID_INPUT', 'NOT_FOUND', 'IN_USE'])
  })
})

describe('a password that is replaced while it is compared', () => {
  /** The services of a server on which something happens after each comparison. */
  function servicesThat(happens: () => Promise<unknown>): Services {
    const { services } = second
    const match = async (password: string, hash: string | null) => {
      const same = await services.passwords.match(password, hash)
      await happens()
      return same
    }
    return { ...services, passwords: { ...services.passwords, match } }
  }

  const http: HttpCall = {
    authorization: undefined,
    address: '127.0.0.1',
    userAgent: null,
    refreshCookie: () => null,
    setRefreshCookie: () => {},
    breakOff: () => {},
    refuseOtherSites: () => {},
  }

  test.each([
    ['reset', (id: string) => reset(id)],
    ['of a user who is disabled', (id: string) => server.admin.users.disable.mutate({ id })],
  ])('opens no session: %s', async (_what, change) => {
    const { username, one } = await newUser()
    const services = servicesThat(() => change(one.user.id))
    const signingIn = signIn(services, http, { username, password: testPassword, keep: 'caller' })
    await expect(signingIn).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(await openSessionsOf(one.user.id)).toBe(0)
  })

  test('does not change the new one', async () => {
    const { username, one } = await newUser()
    const services = servicesThat(() => reset(one.user.id))
    const actor = {
      ...one.user,
      role: 'operator' as const,
      warehouseIds: null,
      procedure: 'auth.changePassword',
      sessionId: one.id,
      apiKeyId: null,
    }
    const input = { currentPassword: testPassword, newPassword: 'what a thief would choose' }
    await expect(changeOwnPassword(services, http, actor, input)).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    })
    expect(await outcomeOfSignIn(username, newPassword)).toBe('OK')
  })
})
