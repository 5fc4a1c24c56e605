import { randomUUID } from 'node:crypto'
import { isStockbookError } from '@stockbook/client'
import { apiKeys, auditLog, commands, sessions, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { type RawCall, rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct } from '../../src/testing/warehouse.ts'

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

type CreateInput = Parameters<TestServer['admin']['apiKeys']['create']['mutate']>[0]
let made = 0

const newKey = (fields: Partial<CreateInput> = {}) =>
  server.admin.apiKeys.create.mutate({ name: `scanner ${++made}`, role: 'operator', ...fields })

const callWith = (key: string, path = 'products.list', call: RawCall = {}, url = server.url) =>
  rawCall(url, path, { input: {}, ...call, headers: { authorization: `ApiKey ${key}` } })

const post = (key: string, path: string, input: object = {}) =>
  callWith(key, path, { method: 'POST', input })

async function expectRefused(key: string) {
  for (const { url } of [server, second]) {
    const { status, failure } = await callWith(key, 'products.list', {}, url)
    expect({ status, code: failure?.code }).toEqual({ status: 401, code: 'SIGN_IN_REQUIRED' })
  }
}

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

const days = (count: number) => new Date(Date.now() + count * 86_400_000)

describe('a key', () => {
  test('is shown once, and nothing that is kept or answered later holds it', async () => {
    const { key, id, hint, ...shown } = await newKey()
    expect(key).toMatch(/^sbk_[\w-]{43}$/)
    expect(hint).toBe(key.slice(-4))
    expect(shown).toMatchObject({ role: 'operator', lastUsedAt: null, revokedAt: null })
    expect((await callWith(key)).status).toBe(200)
    const { items } = await server.admin.apiKeys.list.query({})
    expect(items.find((item) => item.id === id)).not.toHaveProperty('key')
    expect(JSON.stringify(items)).not.toContain(key.slice(0, -4))

    const { rows: tables } = await server.db.execute<{ name: string }>(sql`
      select table_name as name from information_schema.tables where table_schema = 'public'`)
    const [row] = await server.db.select().from(apiKeys).where(eq(apiKeys.id, id))
    const holding = async (text: string) => {
      const names: string[] = []
      for (const { name } of tables) {
        const { rows } = await server.db.execute<{ one: number }>(sql`
          select 1 as one from ${sql.identifier(name)} line
          where position(${text} in line::text) > 0`)
        if (rows.length > 0) names.push(name)
      }
      return names
    }
    expect(await holding(key)).toEqual([])
    expect(await holding(key.slice(4))).toEqual([])
    expect(await holding(row!.keyHash)).toEqual(['api_keys'])
  })

  test('is different every time', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => newKey()))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(5)
  })

  test('opens the door only as it is, with its own scheme', async () => {
    const { key, id } = await newKey()
    const [row] = await server.db.select().from(apiKeys).where(eq(apiKeys.id, id))
    for (const wrong of [
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      key.slice(4),
      'sbk_',
      row!.keyHash,
    ]) {
      await expectRefused(wrong)
    }
    for (const scheme of ['Bearer', 'Basic', '']) {
      const { status } = await rawCall(server.url, 'products.list', {
        input: {},
        headers: { authorization: `${scheme} ${key}` },
      })
      expect(status).toBe(401)
    }
    expect((await callWith(key)).status).toBe(200)
  })

  test('is refused on every server from the call after it was revoked', async () => {
    const { key, id, ...rest } = await newKey()
    expect((await callWith(key, 'products.list', {}, second.url)).status).toBe(200)
    const revoked = await server.admin.apiKeys.revoke.mutate({ id })
    expect(revoked).toMatchObject({ id, name: rest.name, revokedAt: expect.any(Date) })
    await expectRefused(key)
  })

  test('revoked a second time stays as it was, and nothing is written', async () => {
    const { id } = await newKey()
    const { revoke } = server.admin.apiKeys
    const first = await revoke.mutate({ id })
    const before = await databaseContents(server.db)
    expect(await revoke.mutate({ id })).toEqual(first)
    expect(await databaseContents(server.db)).toEqual(before)
    const rows = await server.db.select().from(auditLog).where(eq(auditLog.entityId, id))
    expect(rows.map(({ action }) => action)).toEqual(['apiKeys.create', 'apiKeys.revoke'])
  })

  test('revoked by many at once is written down once', async () => {
    const { id } = await newKey()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => server.admin.apiKeys.revoke.mutate({ id })),
    )
    expect(new Set(answers.map(({ revokedAt }) => revokedAt?.getTime())).size).toBe(1)
    const rows = server.db.$count(
      auditLog,
      sql`${auditLog.entityId} = ${id} and ${auditLog.action} = 'apiKeys.revoke'`,
    )
    expect(await rows).toBe(1)
  })

  test('that is not there cannot be revoked', async () => {
    const id = randomUUID()
    expect(await refusalOf(() => server.admin.apiKeys.revoke.mutate({ id }))).toEqual({
      code: 'NOT_FOUND',
      detail: { entity: 'apiKey', id },
    })
  })

  test('is refused from the moment at which it expires', async () => {
    const { key, id } = await newKey({ expiresAt: days(1) })
    expect((await callWith(key)).status).toBe(200)
    await server.db.update(apiKeys).set({ expiresAt: sql`now()` }).where(eq(apiKeys.id, id))
    await expectRefused(key)
  })
})

describe('the life of a key', () => {
  test('is ninety days when nobody says otherwise', async () => {
    const { expiresAt, createdAt } = await newKey()
    expect(Math.round((expiresAt.getTime() - createdAt.getTime()) / 86_400_000)).toBe(90)
  })

  test('may be a year and a day', async () => {
    const expiresAt = days(365.9)
    expect((await newKey({ expiresAt })).expiresAt).toEqual(expiresAt)
  })

  test.each([
    ['longer', () => days(366.1)],
    ['over before it began', () => days(-1)],
    ['over at the moment it begins', () => new Date()],
    ['without end', () => new Date('9999-12-31T23:59:59.999Z')],
  ])('may not be %s', async (_what, expiresAt) => {
    expect(await refusalOf(() => newKey({ expiresAt: expiresAt() }))).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { issues: [{ path: ['expiresAt'] }] },
    })
  })
})

test('a name that is taken is refused, in any case, and also once its key is revoked', async () => {
  const { id, name } = await newKey()
  const taken = { code: 'ALREADY_EXISTS', detail: { entity: 'apiKey', field: 'name' } }
  expect(await refusalOf(() => newKey({ name }))).toMatchObject({
    ...taken,
    detail: { ...taken.detail, value: name },
  })
  await server.admin.apiKeys.revoke.mutate({ id })
  expect(await refusalOf(() => newKey({ name: name.toUpperCase() }))).toMatchObject(taken)
})

test('the list has what may still be used, and with the ended ones everything, page by page', async () => {
  const [good, revoked, expired] = [await newKey(), await newKey(), await newKey()]
  await server.admin.apiKeys.revoke.mutate({ id: revoked.id })
  await server.db.update(apiKeys).set({ expiresAt: sql`now()` }).where(eq(apiKeys.id, expired.id))
  const idsOf = async (includeEnded: boolean) => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await server.admin.apiKeys.list.query({
        includeEnded,
        limit: 3,
        ...(cursor && { cursor }),
      })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return ids
  }
  const [usable, all] = [await idsOf(false), await idsOf(true)]
  expect(usable).toContain(good.id)
  expect(usable).not.toContain(revoked.id)
  expect(usable).not.toContain(expired.id)
  expect(all).toEqual(expect.arrayContaining([good.id, revoked.id, expired.id]))
  expect(new Set(all).size).toBe(await server.db.$count(apiKeys))
})

test('when a key was used last is known to the minute, and a call more writes nothing', async () => {
  const { key, id } = await newKey()
  const lastUsed = async () =>
    (await server.db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]!.lastUsedAt
  await Promise.all(Array.from({ length: 5 }, () => callWith(key)))
  const first = await lastUsed()
  expect(first).toBeInstanceOf(Date)
  const before = await databaseContents(server.db)
  await callWith(key)
  expect(await databaseContents(server.db)).toEqual(before)
  await server.db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now() - interval '2 minutes'` })
    .where(eq(apiKeys.id, id))
  await callWith(key)
  expect((await lastUsed())!.getTime()).toBeGreaterThanOrEqual(first!.getTime())
})

test('a key that is refused is not "used"', async () => {
  const { key, id } = await newKey()
  await server.admin.apiKeys.revoke.mutate({ id })
  const before = await databaseContents(server.db)
  await expectRefused(key)
  expect(await databaseContents(server.db)).toEqual(before)
})

describe('the service that a key acts as', () => {
  test('is under what the key posts and changes', async () => {
    const { key, userId } = await newKey({ role: 'admin' })
    const [bin] = await makeBins(server.admin, 1)
    const product = await makeProduct(server.admin)
    const lines = [{ type: 'incoming', productId: product.id, toLocationId: bin, quantity: 3 }]
    const posted = await post(key, 'movements.post', { commandId: randomUUID(), lines })
    expect(posted.status).toBe(200)
    const renamed = await post(key, 'products.update', { id: product.id, name: 'By a key' })
    expect(renamed.status).toBe(200)
    const { commandId } = posted.result as { commandId: string }
    const rows = await server.db.select().from(commands).where(eq(commands.id, commandId))
    expect(rows).toMatchObject([{ actorId: userId }])
    const { items } = await server.admin.audit.list.query({ actorId: userId })
    expect(items.map(({ action }) => action)).toEqual(['products.update', 'movements.post'])
    expect(new Set(items.map(({ actorName }) => actorName))).toEqual(
      new Set([(await server.admin.users.get.query({ id: userId })).displayName]),
    )
  })

  test('has the role that it is given later, from the next call on', async () => {
    const { key, userId } = await newKey()
    const heard = async () => (await callWith(key, 'users.list')).failure?.code ?? 'OK'
    expect(await heard()).toBe('ADMIN_REQUIRED')
    await server.admin.users.update.mutate({ id: userId, role: 'admin' })
    expect(await heard()).toBe('OK')
    await server.admin.users.update.mutate({ id: userId, role: 'operator' })
    expect(await heard()).toBe('ADMIN_REQUIRED')
  })

  test('is no person: it has no password, signs in with none, and gets none', async () => {
    const { name, userId, key } = await newKey()
    expect(await server.admin.users.get.query({ id: userId })).toMatchObject({
      kind: 'service',
      mustChangePassword: false,
    })
    for (const password of ['', 'null', key, testPassword]) {
      const { failure } = await rawCall(server.url, 'auth.signIn', {
        method: 'POST',
        input: { username: `key:${name}`, password },
      })
      expect(failure?.code).toBe('SIGN_IN_FAILED')
    }
    const refused = await post(key, 'auth.changePassword', {
      currentPassword: '',
      newPassword: testPassword,
    })
    expect(refused.failure?.code).toBe('SIGN_IN_FAILED')
    const [row] = await server.db.select().from(users).where(eq(users.id, userId))
    expect(row).toMatchObject({ passwordHash: null })
  })

  test('has no session: none is listed, none can be ended, and signing out leaves the key as it is', async () => {
    const { key, userId } = await newKey()
    const { result } = await callWith(key, 'sessions.list')
    expect(result).toMatchObject({ items: [] })
    const before = await databaseContents(server.db)
    expect((await post(key, 'auth.signOut')).result).toEqual({})
    expect((await post(key, 'auth.signOutEverywhere')).result).toEqual({ ended: 0 })
    expect(await databaseContents(server.db)).toEqual(before)
    const [olga] = await server.db.select().from(sessions).limit(1)
    const ended = await post(key, 'sessions.end', { id: olga!.id })
    expect(ended.failure?.code).toBe('NOT_FOUND')
    expect((await callWith(key, 'auth.me')).result).toMatchObject({ id: userId, kind: 'service' })
  })
})

test('a key is read by its id, without its secret, also when it was revoked', async () => {
  const { key, ...told } = await newKey()
  const read = await server.admin.apiKeys.get.query({ id: told.id })
  expect(read).toEqual(told)
  expect(JSON.stringify(read)).not.toContain(key)
  await server.admin.apiKeys.revoke.mutate({ id: told.id })
  expect((await server.admin.apiKeys.get.query({ id: told.id })).revokedAt).toBeInstanceOf(Date)
  await expect(server.admin.apiKeys.get.query({ id: randomUUID() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
