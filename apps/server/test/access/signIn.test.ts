import { users } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPasswords } from '../../src/features/auth/passwords.ts'
import { rawCall } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.signInAs('dora', 'operator')
  await server.db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, 'dora'))
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const signIn = (username: string, password: string) =>
  rawCall(server.url, 'auth.signIn', { method: 'POST', input: { username, password } })

const failed = { status: 401, code: 'SIGN_IN_FAILED' }

async function outcomeOf(username: string, password: string) {
  const { status, failure } = await signIn(username, password)
  return failure ? { status, code: failure.code } : { status }
}

test('an unknown name, a wrong password and a disabled user are answered alike, byte by byte', async () => {
  const answers = [
    await signIn('nobody', testPassword),
    await signIn('olga', 'a wrong password'),
    await signIn('dora', testPassword),
    await signIn('dora', 'a wrong password'),
    await signIn('olga', ''),
  ]
  const bodies = answers.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''))
  expect(bodies[0]).toContain('SIGN_IN_FAILED')
  expect(new Set(bodies).size).toBe(1)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
  const headers = answers.map(({ headers }) => [...headers.keys()].join())
  expect(new Set(headers).size).toBe(1)
})

test('what stands in for the hash of an unknown user is opened by nothing', async () => {
  const passwords = await createPasswords(4)
  const hash = await passwords.hash(testPassword)
  expect(await passwords.match(testPassword, hash)).toBe(true)
  // Also not by the password that it was made from.
  expect(await passwords.match('', null)).toBe(false)
  expect(await passwords.match(testPassword, null)).toBe(false)
})

test('a name is found in any case and with spaces around it, a password only as it is', async () => {
  expect(await outcomeOf('OLGA', testPassword)).toEqual({ status: 200 })
  expect(await outcomeOf('  olga ', testPassword)).toEqual({ status: 200 })
  expect(await outcomeOf('olga', ` ${testPassword}`)).toEqual(failed)
  expect(await outcomeOf('olga', testPassword.toUpperCase())).toEqual(failed)
})

test('what is answered to a sign-in has no hash and no password', async () => {
  const { text, result } = await signIn('olga', testPassword)
  expect(result).toMatchObject({ user: { username: 'olga', role: 'operator' } })
  expect(text).not.toMatch(/\$2b\$|passwordHash|correct horse/)
})

describe('a password', () => {
  let count = 0
  const create = (password: string, username?: string) => {
    count += 1
    return rawCall(server.url, 'users.create', {
      method: 'POST',
      token: adminToken,
      input: { username: username ?? `user-${count}`, role: 'operator', password },
    })
  }
  let adminToken: string

  beforeAll(async () => {
    const { result } = await signIn('anton', testPassword)
    adminToken = (result as { accessToken: string }).accessToken
  })

  test.each([
    ['11 characters', 'elevenchars'],
    ['73 bytes', `${'wjxqf~'.repeat(12)}w`],
    ['37 Cyrillic letters, which are 74 bytes', `${'жщюэъы'.repeat(6)}ж`],
    ['letters that guessers try first', '1qaz2wsx3edc'],
    ['the same in capitals', '1QAZ2WSX3EDC'],
    ['a known one said twice', 'monkey123monkey123'],
    ['four letters over and over', 'zqzqzqxwxwxw'],
    ['the own name and little else', 'my USER-99 x', 'user-99'],
    ['a NUL', 'twelve chars\0'],
    ['half a character', 'twelve chars\ud800'],
    ['nothing', ''],
    ['a megabyte', 'x'.repeat(100_000)],
  ])('of %s is refused, and no user is made', async (_what, password, username?: string) => {
    const before = await server.db.$count(users)
    const { status, failure } = await create(password, username)
    expect(status).toBe(400)
    expect(failure).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { issues: [{ path: ['password'] }] },
    })
    expect(JSON.stringify(failure)).not.toContain(password || 'no password at all')
    expect(await server.db.$count(users)).toBe(before)
  })

  test.each([
    ['12 characters', 'twelve chars'],
    ['72 bytes', 'wjxqf~'.repeat(12)],
    ['36 Cyrillic letters', 'жщюэъы'.repeat(6)],
    ['spaces and emoji', '  пароль 🔑 of mine  '],
  ])('of %s is accepted, and signs in', async (_what, password) => {
    expect((await create(password)).status).toBe(200)
    expect(await outcomeOf(`user-${count}`, password)).toEqual({ status: 200 })
  })

  test('of 72 bytes is not opened by one that begins with it', async () => {
    const password = 'yjxqf~'.repeat(12)
    expect((await create(password)).status).toBe(200)
    expect(await outcomeOf(`user-${count}`, `${password}y`)).toEqual(failed)
    expect(await outcomeOf(`user-${count}`, password.slice(1))).toEqual(failed)
  })

  test('is kept as a hash only', async () => {
    const [user] = await server.db.select().from(users).where(eq(users.username, 'olga'))
    expect(user?.passwordHash).toMatch(/^\$2b\$/)
    expect(JSON.stringify(user)).not.toContain(testPassword)
  })
})

test('a sign-in of odd shape is refused as input, and never fails', async () => {
  for (const input of [
    {},
    { username: 'olga' },
    { username: ['olga'], password: {} },
    null,
    'olga',
  ]) {
    const { status } = await rawCall(server.url, 'auth.signIn', { method: 'POST', input })
    expect(status).toBe(400)
  }
})
