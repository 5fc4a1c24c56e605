import { afterEach, expect, test, vi } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { startSessionServer } from './sessionServer.ts'
import {
  answering,
  cutAfterWork,
  emptyPage,
  Refusal,
  signInHandler,
  startServer,
} from './testServer.ts'

const auth = { username: 'anna', password: 'correct horse battery' }

afterEach(() => {
  vi.useRealTimers()
})

/** A list that only answers the tokens in `valid`. */
function guardedList(valid: (token: string | undefined) => boolean) {
  return (_input: never, { authorization }: { authorization: string | undefined }) => {
    if (!valid(authorization)) throw new Refusal('SIGN_IN_REQUIRED')
    return emptyPage
  }
}

test('fifty calls that need a session share one sign-in', async () => {
  const signIn = signInHandler()
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': guardedList((token) => token === 'Bearer token-1'),
  })
  const client = createStockbookClient({ url: server.url, auth })
  await Promise.all(Array.from({ length: 50 }, () => client.products.list.query({})))
  expect(signIn.calls).toBe(1)
  expect(server.seen.filter((request) => request.path === '/rpc/auth.signIn')).toHaveLength(1)
})

test('nothing is sent before the first call, and the password only to auth.signIn', async () => {
  await using server = await startServer({
    'auth.signIn': signInHandler(),
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url, auth })
  expect(server.seen).toHaveLength(0)
  await client.products.list.query({})
  const holding = server.seen.filter(({ url, body }) => (url + body).includes(auth.password))
  expect(holding.map((request) => request.path)).toEqual(['/rpc/auth.signIn'])
})

test('a wrong password reaches every waiting call, and is sent once, not once for each', async () => {
  let attempts = 0
  await using server = await startServer({
    'auth.signIn': () => {
      attempts += 1
      throw new Refusal('SIGN_IN_FAILED')
    },
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url, auth })
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => client.products.list.query({})),
  )
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'SIGN_IN_FAILED' } })
  }
  expect(attempts).toBe(1)
  expect(server.seen.every((request) => request.path === '/rpc/auth.signIn')).toBe(true)
})

test('a refused password is not sent again by the next calls, until a minute has gone by', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  let attempts = 0
  await using server = await startServer({
    'auth.signIn': () => {
      attempts += 1
      throw new Refusal('SIGN_IN_FAILED')
    },
  })
  const client = createStockbookClient({ url: server.url, auth })
  for (let call = 0; call < 3; call += 1) {
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  }
  expect(attempts).toBe(1)
  vi.setSystemTime(Date.now() + 61_000)
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(attempts).toBe(2)
})

test('a clock that is hours ahead does not make every call sign in', async () => {
  const signIn = signInHandler(-7_200_000)
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  await client.products.list.query({})
  expect(signIn.calls).toBe(1)
})

test('fifty calls whose session was ended share one refused renewal and one sign-in', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  server.endSessions()
  await Promise.all(Array.from({ length: 50 }, () => client.products.list.query({})))
  expect(server.calls).toEqual({ signIn: 2, refresh: 1 })
  expect(server.readers).toHaveLength(51)
})

test('a password that was changed elsewhere is told as refused, and tried once', async () => {
  let known = true
  await using server = await startSessionServer()
  const client = createStockbookClient({
    url: server.url,
    auth,
    fetch: (url, init) => {
      const body = known ? init?.body : String(init?.body).replace(auth.password, 'old')
      return fetch(url, init?.method === 'POST' ? { ...init, body: body ?? null } : init)
    },
  })
  await client.products.list.query({})
  known = false
  server.endSessions()
  for (let call = 0; call < 3; call += 1) {
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  }
  expect(server.calls).toEqual({ signIn: 2, refresh: 1 })
})

test('after a sign-out the old session is forgotten, and the next call opens another', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  await client.auth.signOut.mutate()
  expect(server.openSessions()).toBe(0)
  await client.products.list.query({})
  expect(server.calls).toEqual({ signIn: 2, refresh: 0 })
  expect(server.seen.at(-1)?.authorization).toBe('Bearer access-2')
})

test('signing somebody else in through a client with a password leaves that client who it is', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url, auth })
  const olgas = await client.auth.signIn.mutate({ ...auth, username: 'olga' })
  const renewed = await client.auth.refresh.mutate({ refreshToken: olgas.refreshToken ?? '' })
  expect(renewed.user.username).toBe('olga')
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna'])
})

test('a sign-in that the server slows down is not repeated before the time it asks for', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  let attempts = 0
  await using server = await startSessionServer({
    'auth.signIn': (_input, { setHeader }) => {
      attempts += 1
      setHeader('retry-after', '7')
      throw new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 7 })
    },
  })
  const client = createStockbookClient({ url: server.url, auth })
  const expected = { code: 'TOO_MANY_ATTEMPTS', retryAfterMs: 7_000 }
  const calls = Array.from({ length: 10 }, () => client.products.list.query({}))
  for (const result of await Promise.allSettled(calls)) {
    expect(result).toMatchObject({ status: 'rejected', reason: expected })
  }
  vi.setSystemTime(Date.now() + 6_000)
  await expect(client.products.list.query({})).rejects.toMatchObject(expected)
  expect(attempts).toBe(1)
  vi.setSystemTime(Date.now() + 2_000)
  await expect(client.products.list.query({})).rejects.toMatchObject(expected)
  expect(attempts).toBe(2)
})

test('a sign-in that a proxy slows down is not repeated either', async () => {
  await using server = await startSessionServer()
  server.faults.push(answering(429, 'slow down', { 'retry-after': '0' }))
  const client = createStockbookClient({ url: server.url, auth })
  const expected = { code: 'UNEXPECTED_ANSWER', detail: { httpStatus: 429 } }
  await expect(client.products.list.query({})).rejects.toMatchObject(expected)
  expect(server.seen).toHaveLength(1)
})

test('a sign-in whose answer was lost is tried again for all that wait', async () => {
  const signIn = signInHandler()
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': () => emptyPage,
  })
  server.faults.push(cutAfterWork)
  const client = createStockbookClient({ url: server.url, auth })
  await Promise.all(Array.from({ length: 5 }, () => client.products.list.query({})))
  expect(signIn.calls).toBe(2)
})

test('giving up one call does not take the sign-in from the others', async () => {
  const signIn = signInHandler()
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url, auth })
  const controller = new AbortController()
  const given = client.products.list.query({}, { signal: controller.signal })
  const kept = client.products.list.query({})
  controller.abort()
  await expect(given).rejects.toMatchObject({ code: 'ABORTED' })
  await expect(kept).resolves.toEqual(emptyPage)
  expect(signIn.calls).toBe(1)
})
