import { randomUUID } from 'node:crypto'
import type { Db } from '@stockbook/db'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { readTogether } from '../../src/readTogether.ts'
import { createTokens } from '../../src/features/auth/tokens.ts'
import { openSession, rawCall } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

afterEach(() => {
  vi.useRealTimers()
})

test('of callers who come at once, each is who its own token says', async () => {
  const [anton, olga, gone] = await Promise.all(
    ['anton', 'olga', 'olga'].map((name) => openSession(server.url, name, testPassword)),
  )
  await rawCall(server.url, 'auth.signOut', { method: 'POST', token: gone!.accessToken, input: {} })
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'a script', role: 'operator' })
  const expected: [string, string | number][] = [
    [`Bearer ${anton!.accessToken}`, 'anton'],
    [`Bearer ${olga!.accessToken}`, 'olga'],
    [`Bearer ${gone!.accessToken}`, 401],
    [`Bearer ${olga!.accessToken}x`, 401],
    [`ApiKey ${key}`, 'key:a script'],
    [`ApiKey ${key}x`, 401],
  ]
  const calls = Array.from({ length: 10 }, () => expected).flat()
  const answered = await Promise.all(
    calls.map(async ([authorization]) => {
      const { status, result } = await rawCall(server.url, 'auth.me', {
        headers: { authorization },
      })
      return status === 200 ? (result as { username: string }).username : status
    }),
  )
  expect(answered).toEqual(calls.map(([, who]) => who))
})

test('of products asked for at once each caller is given its own, and who asks for none is refused', async () => {
  const token = (await openSession(server.url, 'anton', testPassword)).accessToken
  const ids = await Promise.all(
    ['A', 'B', 'C'].map(async (sku) => {
      const product = { sku: `TOGETHER-${sku}`, name: sku, baseUnit: 'pcs' }
      return (await server.admin.products.create.mutate(product)).id
    }),
  )
  const wanted = Array.from({ length: 8 }, () => [
    ...ids,
    ids[0]!.toUpperCase(),
    randomUUID(),
  ]).flat()
  const answered = await Promise.all(
    wanted.map(async (id) => {
      const { status, result } = await rawCall(server.url, 'products.get', { token, input: { id } })
      return status === 200 ? (result as { id: string }).id : status
    }),
  )
  expect(answered).toEqual(
    wanted.map((id) => (ids.includes(id.toLowerCase()) ? id.toLowerCase() : 404)),
  )
})

test('who asks while a reading is under way is not told what it read', async () => {
  const readings: string[][] = []
  let now = 'before'
  const readOf = readTogether(
    () => async (keys: readonly string[]) => {
      readings.push([...keys])
      const seen = now
      await new Promise((resolve) => setTimeout(resolve, 20))
      return keys.map((key) => ({ key, seen }))
    },
    ({ key }) => key,
  )
  const db = {} as Db
  const read = (key: string) => readOf(db, key)
  const early = Promise.all([read('a'), read('b'), read('a')])
  await vi.waitUntil(() => readings.length === 1)
  now = 'after'
  expect(await read('a')).toEqual({ key: 'a', seen: 'after' })
  expect((await early).map((row) => row?.seen)).toEqual(['before', 'before', 'before'])
  expect(readings).toEqual([['a', 'b'], ['a']])
})

test('a reading that fails is not remembered: who asks next is answered', async () => {
  let isBroken = true
  const readOf = readTogether(
    () => async (keys: readonly string[]) => {
      if (isBroken) throw new Error('broken')
      return keys.map((key) => ({ key }))
    },
    ({ key }) => key,
  )
  const db = {} as Db
  const read = (key: string) => readOf(db, key)
  await expect(Promise.all([read('a'), read('b')])).rejects.toThrow('broken')
  isBroken = false
  expect(await read('a')).toEqual({ key: 'a' })
})

test('a token that was good is refused once it has run out', () => {
  const tokens = createTokens({ secret: 'of no meaning', algorithm: 'HS256', expiresInMinutes: 5 })
  const ids = { userId: randomUUID(), sessionId: randomUUID() }
  const { accessToken, expiresAt } = tokens.issue(ids.userId, ids.sessionId)
  expect([tokens.verify(accessToken), tokens.verify(accessToken)]).toEqual([ids, ids])
  vi.useFakeTimers({ toFake: ['Date'], now: expiresAt.getTime() - 1 })
  expect(tokens.verify(accessToken)).toEqual(ids)
  vi.setSystemTime(expiresAt)
  expect(tokens.verify(accessToken)).toBeNull()
})
