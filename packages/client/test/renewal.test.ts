import { afterEach, expect, test, vi } from 'vitest'
import { createStockbookClient, type StockbookClientOptions } from '../src/index.ts'
import { browserFetch, memoryStore, password, startSessionServer } from './sessionServer.ts'
import { answering, cutAfterWork, Refusal } from './testServer.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Every way to keep a session, as the client of a person who has signed in. */
const keepers: [string, (url: string) => Promise<ReturnType<typeof createStockbookClient>>][] = [
  [
    'a password',
    async (url) => createStockbookClient({ url, auth: { username: 'anna', password } }),
  ],
  ['a store', (url) => signedIn({ url, auth: { store: memoryStore() } })],
  ['a cookie', (url) => signedIn({ url, auth: { cookie: true }, fetch: browserFetch().fetch })],
]

async function signedIn(options: StockbookClientOptions) {
  const client = createStockbookClient(options)
  await client.auth.signIn.mutate({ username: 'anna', password })
  return client
}

for (const [keeper, clientFor] of keepers) {
  test(`with ${keeper}: fifty calls whose token has run out share one renewal, and all succeed`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    await Promise.all(Array.from({ length: 50 }, () => client.products.list.query({})))
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
    expect(server.readers).toHaveLength(51)
  })

  test(`with ${keeper}: a session is renewed before it expires, and not while it is fresh`, async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    vi.setSystemTime(Date.now() + server.lifeMs - 40_000)
    await client.products.list.query({})
    expect(server.calls.refresh).toBe(0)
    vi.setSystemTime(Date.now() + 20_000)
    const before = server.seen.length
    await client.products.list.query({})
    expect(server.seen.slice(before).map(({ path }) => path)).toEqual([
      '/rpc/auth.refresh',
      '/rpc/products.list',
    ])
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  })

  test(`with ${keeper}: a clock that is wrong does not make every call renew`, async () => {
    await using server = await startSessionServer()
    server.lifeMs = -7_200_000
    const client = await clientFor(server.url)
    for (let call = 0; call < 3; call += 1) await client.products.list.query({})
    expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
  })

  test(`with ${keeper}: a write that was refused for its token is sent again, once, after the renewal`, async () => {
    const created: string[] = []
    let refusals = 0
    await using server = await startSessionServer({
      'partners.create': ({ name }: { name: string }, { authorization }) => {
        if (authorization === 'Bearer access-1') {
          refusals += 1
          throw new Refusal('SIGN_IN_REQUIRED')
        }
        created.push(name)
        return {}
      },
    })
    const client = await clientFor(server.url)
    await client.partners.create.mutate({ kind: 'supplier', code: 'ACME', name: 'Acme' })
    expect({ created, refusals }).toEqual({ created: ['Acme'], refusals: 1 })
  })

  test(`with ${keeper}: a call that hears of its old token late uses the session that others renewed`, async () => {
    let renewed = () => {}
    const whenRenewed = new Promise<void>((resolve) => {
      renewed = resolve
    })
    await using server = await startSessionServer({
      'partners.create': async (_input, { authorization }) => {
        if (authorization !== 'Bearer access-1') return {}
        await whenRenewed
        throw new Refusal('SIGN_IN_REQUIRED')
      },
    })
    const client = await clientFor(server.url)
    await client.products.list.query({})
    const late = client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' })
    await expect.poll(() => server.seen.at(-1)?.path).toBe('/rpc/partners.create')
    server.expireAccess()
    await client.products.list.query({})
    renewed()
    await late
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  })

  test(`with ${keeper}: a server that refuses every token is asked to renew once, not for ever`, async () => {
    await using server = await startSessionServer({
      'products.list': () => {
        throw new Refusal('SIGN_IN_REQUIRED')
      },
    })
    const client = await clientFor(server.url)
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
    expect(server.seen.filter(({ method }) => method === 'GET')).toHaveLength(2)
  })

  test(`with ${keeper}: a renewal whose answer was lost is tried again, and the session lives`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    server.faults.push(({ work }) => work(), cutAfterWork)
    await client.products.list.query({})
    expect(server.calls).toEqual({ signIn: 1, refresh: 2 })
    expect(server.openSessions()).toBe(1)
  })

  test(`with ${keeper}: a renewal that fails does not end the session, and the next call renews`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    const broken = answering(500, 'broken')
    server.faults.push(({ work }) => work(), broken)
    await expect(client.products.list.query({})).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    })
    await client.products.list.query({})
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  })

  test(`with ${keeper}: a failed renewal is not repeated by the call that waits for it`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    const gone = answering(503, 'gone')
    server.faults.push(({ work }) => work(), gone, gone, gone)
    await expect(client.products.list.query({})).rejects.toMatchObject({ retryable: true })
    expect(server.seen.filter(({ path }) => path === '/rpc/auth.refresh')).toHaveLength(3)
  })

  test(`with ${keeper}: giving up one call does not take the renewal from the others`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    const controller = new AbortController()
    server.faults.push(
      ({ work }) => work(),
      ({ work }) => {
        controller.abort()
        work()
      },
    )
    const given = client.products.list.query({}, { signal: controller.signal })
    const kept = client.products.list.query({})
    await expect(given).rejects.toMatchObject({ code: 'ABORTED' })
    await kept
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  })

  test(`with ${keeper}: signing in and renewing carry no token, and are requests of their own`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    server.expireAccess()
    await Promise.all([client.products.list.query({}), client.products.list.query({})])
    const opening = server.seen.filter(({ path }) => /signIn|refresh/.test(path))
    expect(opening.map(({ path }) => path)).toEqual(['/rpc/auth.signIn', '/rpc/auth.refresh'])
    for (const { authorization } of opening) expect(authorization).toBeUndefined()
  })

  test(`with ${keeper}: auth.refresh without a token renews the client's session and tells who it is`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    await client.products.list.query({})
    const calls = Array.from({ length: 5 }, () => client.auth.refresh.mutate({}))
    const opened = await Promise.all(calls)
    for (const { user } of opened) expect(user.username).toBe('anna')
    await client.products.list.query({})
    expect(server.seen.at(-1)?.authorization).toBe('Bearer access-2')
    expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  })

  test(`with ${keeper}: after auth.changePassword the session goes on`, async () => {
    await using server = await startSessionServer()
    const client = await clientFor(server.url)
    const passwords = { currentPassword: password, newPassword: 'another correct horse' }
    await client.auth.changePassword.mutate(passwords)
    await client.products.list.query({})
    expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
  })

  test(`with ${keeper}: a wrong current password is no reason to renew the session`, async () => {
    await using server = await startSessionServer({
      'auth.changePassword': () => {
        throw new Refusal('SIGN_IN_FAILED')
      },
    })
    const client = await clientFor(server.url)
    const call = client.auth.changePassword.mutate({
      currentPassword: 'wrong',
      newPassword: 'another correct horse',
    })
    await expect(call).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
    await client.products.list.query({})
    expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
  })
}

test('all attempts to renew fit into the ten seconds in which a used refresh token still works', async () => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.999)
  const sentAt: number[] = []
  const startedAt = Date.now()
  const neverAnswering: typeof fetch = () => {
    sentAt.push(Date.now() - startedAt)
    return new Promise(() => {})
  }
  const session = { accessToken: 'a', refreshToken: 'r', expiresAt: new Date().toISOString() }
  const client = createStockbookClient({
    url: 'https://a.test',
    auth: { store: memoryStore(session) },
    fetch: neverAnswering,
  })
  const failure = client.products.list.query({}).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await failure).toMatchObject({ code: 'TIMED_OUT' })
  expect(sentAt).toHaveLength(3)
  for (const ms of sentAt) expect(ms).toBeLessThan(10_000)
})
