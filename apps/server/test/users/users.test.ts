import { randomUUID } from 'node:crypto'
import { isStockbookError } from '@stockbook/client'
import { users } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { openSession, rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let second: SecondServer

beforeAll(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
})

afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const { stringify } = JSON
let made = 0

const newUser = (
  fields: Partial<Parameters<TestServer['admin']['users']['create']['mutate']>[0]> = {},
) =>
  server.admin.users.create.mutate({
    username: `user-${++made}`,
    role: 'operator',
    password: testPassword,
    ...fields,
  })

/** What a call is refused with; it must have written nothing. */
async function refusalOf(call: () => Promise<unknown>) {
  const before = await databaseContents(server.db)
  const error = await call().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(await databaseContents(server.db)).toEqual(before)
  if (!isStockbookError(error)) throw new Error('it was not refused', { cause: error })
  return { code: error.code, detail: error.detail }
}

/** What the next call of a session hears, from each server. */
const heard = ({ accessToken }: { accessToken: string }, path = 'users.list') =>
  Promise.all(
    [server, second].map(async ({ url }) => {
      const { failure } = await rawCall(url, path, { token: accessToken, input: {} })
      return failure?.code ?? 'OK'
    }),
  )

const both = (code: string) => [code, code]

test('a user has no password and no hash in any answer', async () => {
  const user = await newUser()
  const { users: people } = server.admin
  const answers = [
    user,
    await people.get.query({ id: user.id }),
    await people.list.query({}),
    await people.update.mutate({ id: user.id, displayName: 'X' }),
    await people.resetPassword.mutate({ id: user.id, password: `${testPassword} 2` }),
    await people.disable.mutate({ id: user.id }),
  ]
  expect(stringify(answers)).not.toMatch(/\$2b\$|hash|correct horse/i)
})

test('a name is taken in any case, by a person or a key', async () => {
  const { username } = await newUser()
  await server.admin.apiKeys.create.mutate({ name: 'scanner', role: 'operator' })
  for (const name of [username, username.toUpperCase(), 'key:SCANNER']) {
    const taken = { code: 'ALREADY_EXISTS', detail: { entity: 'user', field: 'username' } }
    expect(await refusalOf(() => newUser({ username: name }))).toMatchObject(taken)
  }
})

test('of many who take one name at once, one gets it', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => newUser({ username: 'the-one' })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await server.db.$count(users, eq(users.username, 'the-one'))).toBe(1)
})

test('a new user chooses a password first when the administrator says so, and not otherwise', async () => {
  const free = await newUser()
  const bound = await newUser({ mustChangePassword: true })
  const open = (username: string) => openSession(server.url, username, testPassword)
  expect(await heard(await open(free.username), 'products.list')).toEqual(both('OK'))
  expect(await heard(await open(bound.username), 'products.list')).toEqual(
    both('PASSWORD_CHANGE_REQUIRED'),
  )
})

describe('acts on the very next call, on every server:', () => {
  test('another role, up and down', async () => {
    const { id, username } = await newUser()
    const session = await openSession(server.url, username, testPassword)
    expect(await heard(session)).toEqual(both('ADMIN_REQUIRED'))
    await server.admin.users.update.mutate({ id, role: 'admin' })
    expect(await heard(session)).toEqual(both('OK'))
    await server.admin.users.update.mutate({ id, role: 'operator' })
    expect(await heard(session)).toEqual(both('ADMIN_REQUIRED'))
    expect(await heard(session, 'products.list')).toEqual(both('OK'))
  })

  test('disabling; and who is let back in signs in anew', async () => {
    const { id, username } = await newUser()
    const session = await openSession(server.url, username, testPassword)
    await server.admin.users.disable.mutate({ id })
    expect(await heard(session, 'products.list')).toEqual(both('SIGN_IN_REQUIRED'))
    await server.admin.users.disable.mutate({ id, disabled: false })
    expect(await heard(session, 'products.list')).toEqual(both('SIGN_IN_REQUIRED'))
    const anew = await openSession(second.url, username, testPassword)
    expect(await heard(anew, 'products.list')).toEqual(both('OK'))
  })

  test('disabling the service of a key', async () => {
    const { key, userId } = await server.admin.apiKeys.create.mutate({
      name: 'a shelf',
      role: 'operator',
    })
    const call = async () =>
      (
        await rawCall(second.url, 'products.list', {
          headers: { authorization: `ApiKey ${key}` },
          input: {},
        })
      ).status
    expect(await call()).toBe(200)
    await server.admin.users.disable.mutate({ id: userId })
    expect(await call()).toBe(401)
    await server.admin.users.disable.mutate({ id: userId, disabled: false })
    expect(await call()).toBe(200)
  })
})

test('disabling twice keeps the moment of the first time', async () => {
  const { id } = await newUser()
  const { disable } = server.admin.users
  const { disabledAt } = await disable.mutate({ id })
  expect((await disable.mutate({ id })).disabledAt).toEqual(disabledAt)
})

test('a change that somebody else overtook is refused', async () => {
  const { id, version } = await newUser()
  const { update, disable } = server.admin.users
  await update.mutate({ id, displayName: 'First', expectedVersion: version })
  const overtaken = { code: 'CHANGED_MEANWHILE', detail: { version: version + 1 } }
  const stale = { id, expectedVersion: version }
  expect(await refusalOf(() => update.mutate({ ...stale, role: 'admin' }))).toMatchObject(overtaken)
  expect(await refusalOf(() => disable.mutate(stale))).toMatchObject(overtaken)
})

test('who is not there cannot be read or changed', async () => {
  const id = randomUUID()
  const missing = { code: 'NOT_FOUND', detail: { entity: 'user', id } }
  const { users: people } = server.admin
  for (const call of [
    () => people.get.query({ id }),
    () => people.update.mutate({ id, role: 'admin' }),
    () => people.disable.mutate({ id }),
    () => people.resetPassword.mutate({ id, password: testPassword }),
  ]) {
    expect(await refusalOf(call)).toEqual(missing)
  }
})
