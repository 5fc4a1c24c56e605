import { auditLog, users } from '@stockbook/db'
import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let second: SecondServer
let token: string

beforeEach(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
  token = await signInFor(server.url, 'anton', testPassword)
})

afterEach(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

type Change = 'demote' | 'disable'

/** Asks one of the servers to take away a user's power. Gives `OK` or the code of the refusal. */
async function take(change: Change, id: string, url = server.url, by = token) {
  const [path, input] =
    change === 'demote' ? ['users.update', { id, role: 'operator' }] : ['users.disable', { id }]
  const { failure } = await rawCall(url, path as string, { method: 'POST', token: by, input })
  return failure?.code ?? 'OK'
}

const idOf = async (username: string) =>
  (await server.db.select().from(users).where(eq(users.username, username)))[0]!.id

const activeAdmins = () =>
  server.db.$count(
    users,
    and(eq(users.kind, 'person'), eq(users.role, 'admin'), isNull(users.disabledAt)),
  )

describe.each<Change>(['demote', 'disable'])('to %s the last administrator', (change) => {
  test('is refused, and written nowhere', async () => {
    const id = await idOf('anton')
    const before = await server.db.$count(auditLog)
    expect(await take(change, id)).toBe('LAST_ADMIN')
    expect(await server.db.$count(auditLog)).toBe(before)
    expect(await activeAdmins()).toBe(1)
    expect((await rawCall(server.url, 'users.list', { token, input: {} })).status).toBe(200)
  })

  test('is refused though a key, an operator and a disabled administrator are there', async () => {
    await server.signInAs('dora', 'admin')
    await server.admin.users.disable.mutate({ id: await idOf('dora') })
    const { key } = await server.admin.apiKeys.create.mutate({ name: 'a script', role: 'admin' })
    const id = await idOf('anton')
    expect(await take(change, id)).toBe('LAST_ADMIN')
    const byKey = await rawCall(
      server.url,
      change === 'demote' ? 'users.update' : 'users.disable',
      {
        method: 'POST',
        headers: { authorization: `ApiKey ${key}` },
        input: change === 'demote' ? { id, role: 'operator' } : { id },
      },
    )
    expect(byKey.failure).toMatchObject({ code: 'LAST_ADMIN', detail: { id } })
  })

  test('works for oneself once there is another', async () => {
    await server.signInAs('dora', 'admin')
    const id = await idOf('anton')
    expect(await take(change, id)).toBe('OK')
    const { failure } = await rawCall(second.url, 'users.list', { token, input: {} })
    expect(failure?.code).toBe(change === 'demote' ? 'ADMIN_REQUIRED' : 'SIGN_IN_REQUIRED')
  })
})

test('two who take each other’s power at once, on two servers, leave one', async () => {
  for (const changes of [
    ['demote', 'demote'],
    ['disable', 'disable'],
    ['demote', 'disable'],
  ] as const) {
    const name = `dora-${changes.join('-')}`
    await server.signInAs(name, 'admin')
    const [anton, dora] = [await idOf('anton'), await idOf(name)]
    const by = await signInFor(server.url, name, testPassword)
    const outcomes = await Promise.all([
      take(changes[0], dora, server.url, token),
      take(changes[1], anton, second.url, by),
    ])
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1)
    expect(await activeAdmins()).toBe(1)
    await server.db
      .update(users)
      .set({ role: 'admin', disabledAt: null })
      .where(eq(users.id, anton))
    await server.db.update(users).set({ role: 'operator' }).where(eq(users.id, dora))
    token = await signInFor(server.url, 'anton', testPassword)
  }
})

test('of ten whose power is taken at once, in any mix and on two servers, one stays', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `dora-${index}`)
  for (const name of names) await server.signInAs(name, 'admin')
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'a script', role: 'admin' })
  const ids = await Promise.all(['anton', ...names].map(idOf))
  const outcomes = await Promise.all(
    ids.map(async (id, index) => {
      const [path, input] =
        index % 3 === 0
          ? ['users.disable', { id }]
          : ['users.update', { id, role: 'operator', displayName: `was ${index}` }]
      const { url } = index % 2 ? server : second
      const headers = { authorization: `ApiKey ${key}` }
      const { failure } = await rawCall(url, path as string, { method: 'POST', headers, input })
      return failure?.code ?? 'OK'
    }),
  )
  expect(outcomes.toSorted()).toEqual(['LAST_ADMIN', ...Array.from({ length: 9 }, () => 'OK')])
  expect(await activeAdmins()).toBe(1)
})

test('what takes no power is not held up: an only administrator is renamed, made one again, and let in', async () => {
  const id = await idOf('anton')
  const { users: people } = server.admin
  expect(await people.update.mutate({ id, displayName: 'Anton' })).toMatchObject({ role: 'admin' })
  expect(await people.update.mutate({ id, role: 'admin' })).toMatchObject({ role: 'admin' })
  expect(await people.disable.mutate({ id, disabled: false })).toMatchObject({ disabledAt: null })
  expect(await people.update.mutate({ id: await idOf('olga'), role: 'operator' })).toBeTruthy()
})
