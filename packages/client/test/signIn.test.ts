import { afterEach, expect, test, vi } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { cutAfterWork, emptyPage, Refusal, signInHandler, startServer } from './testServer.ts'

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

test('a session is renewed before it expires, and not while it is fresh', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const signIn = signInHandler(600_000)
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': () => emptyPage,
  })
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  vi.setSystemTime(Date.now() + 530_000)
  await client.products.list.query({})
  expect(signIn.calls).toBe(1)
  vi.setSystemTime(Date.now() + 20_000)
  await client.products.list.query({})
  expect(signIn.calls).toBe(2)
  expect(server.seen.at(-1)?.authorization).toBe('Bearer token-2')
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

test('fifty calls whose token was revoked share one renewal, and all succeed', async () => {
  const signIn = signInHandler()
  let revoked = false
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': guardedList((token) => token !== 'Bearer token-1' || !revoked),
  })
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  revoked = true
  await Promise.all(Array.from({ length: 50 }, () => client.products.list.query({})))
  expect(signIn.calls).toBe(2)
})

test('a call that hears of its old token late uses the session that others renewed', async () => {
  const signIn = signInHandler()
  let revoked = false
  let renewed = () => {}
  const whenRenewed = new Promise<void>((resolve) => {
    renewed = resolve
  })
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': guardedList((token) => token !== 'Bearer token-1' || !revoked),
    'partners.create': async (_input, { authorization }) => {
      if (authorization !== 'Bearer token-1') return {}
      await whenRenewed
      throw new Refusal('SIGN_IN_REQUIRED')
    },
  })
  const client = createStockbookClient({ url: server.url, auth })
  await client.products.list.query({})
  revoked = true
  const late = client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' })
  await client.products.list.query({})
  renewed()
  await late
  expect(signIn.calls).toBe(2)
})

test('a server that refuses every token is asked to renew once, not for ever', async () => {
  const signIn = signInHandler()
  await using server = await startServer({
    'auth.signIn': signIn,
    'products.list': guardedList(() => false),
  })
  const client = createStockbookClient({ url: server.url, auth })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(signIn.calls).toBe(2)
})

test('a write that was refused for its token is sent again after the renewal', async () => {
  const posted: string[] = []
  await using server = await startServer({
    'auth.signIn': signInHandler(),
    'partners.create': ({ name }: { name: string }, { authorization }) => {
      if (authorization === 'Bearer token-1') throw new Refusal('SIGN_IN_REQUIRED')
      posted.push(name)
      return {}
    },
  })
  const client = createStockbookClient({ url: server.url, auth })
  await client.partners.create.mutate({ kind: 'supplier', code: 'ACME', name: 'Acme' })
  expect(posted).toEqual(['Acme'])
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

test('an API key travels in its own scheme', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url, auth: { apiKey: 'k-123' } })
  await client.products.list.query({})
  expect(server.seen[0]?.authorization).toBe('ApiKey k-123')
})

test('without auth no authorization is sent, and a guarded call is refused', async () => {
  await using server = await startServer({ 'products.list': guardedList((token) => !!token) })
  const client = createStockbookClient({ url: server.url })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen).toHaveLength(1)
  expect(server.seen[0]?.authorization).toBeUndefined()
})

test('a token store is asked before every call and given the token of a sign-in', async () => {
  let stored: string | null = null
  await using server = await startServer({
    'auth.signIn': signInHandler(),
    'products.list': guardedList((token) => token === 'Bearer token-1'),
  })
  const tokens = {
    get: async () => stored,
    set: (token: string) => {
      stored = token
    },
  }
  const client = createStockbookClient({ url: server.url, auth: { tokens } })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  await client.auth.signIn.mutate(auth)
  expect(stored).toBe('token-1')
  await client.products.list.query({})
  expect(server.seen.find(({ path }) => path.endsWith('signIn'))?.authorization).toBeUndefined()
})

test('a token that another tab replaced meanwhile is used for the second try', async () => {
  const answers = ['old', 'new', 'new']
  await using server = await startServer({
    'products.list': guardedList((token) => token === 'Bearer new'),
  })
  const tokens = { get: () => answers.shift() ?? 'new' }
  const client = createStockbookClient({ url: server.url, auth: { tokens } })
  await expect(client.products.list.query({})).resolves.toEqual(emptyPage)
  expect(server.seen.map((request) => request.authorization)).toEqual(['Bearer old', 'Bearer new'])
})

test('reads that share a request carry the newest of their tokens', async () => {
  const answers = ['old', 'new']
  await using server = await startServer({
    'products.list': guardedList((token) => token === 'Bearer new'),
  })
  const tokens = { get: () => answers.shift() ?? 'new' }
  const client = createStockbookClient({ url: server.url, auth: { tokens } })
  await Promise.all([client.products.list.query({}), client.products.list.query({})])
  expect(server.seen.map((request) => request.authorization)).toEqual(['Bearer new'])
})

test('a token store that throws is named as the reason', async () => {
  const cause = new Error('storage is locked')
  const get = () => {
    throw cause
  }
  const client = createStockbookClient({ url: 'http://127.0.0.1:1', auth: { tokens: { get } } })
  await expect(client.products.list.query({})).rejects.toMatchObject({
    code: 'SIGN_IN_REQUIRED',
    cause,
  })
})

test("as('admin') gives the administrator's procedures to an administrator", async () => {
  await using server = await startServer({
    'auth.me': () => ({ role: 'admin' }),
    'categories.create': () => ({ id: 'c1' }),
  })
  const admin = await createStockbookClient({ url: server.url }).as('admin')
  await expect(admin.categories.create.mutate({ name: 'Tea' })).resolves.toEqual({ id: 'c1' })
})

test("as('admin') refuses an operator", async () => {
  await using server = await startServer({ 'auth.me': () => ({ role: 'operator' }) })
  const client = createStockbookClient({ url: server.url })
  await expect(client.as('admin')).rejects.toMatchObject({ code: 'ADMIN_REQUIRED' })
})
