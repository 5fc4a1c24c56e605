import { expect, test, vi } from 'vitest'
import { createStockbookClient, type SessionStore, type StoredSession } from '../src/index.ts'
import { memoryStore, password, startSessionServer } from './sessionServer.ts'
import { holdingAnswer, Refusal } from './testServer.ts'

const anna = { username: 'anna', password }

test('a sign-in hands its session to the store, as something that survives JSON', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  const opened = await client.auth.signIn.mutate(anna)
  expect(store.session).toEqual({
    accessToken: opened.accessToken,
    refreshToken: opened.refreshToken,
    expiresAt: opened.expiresAt.toISOString(),
  })
  expect(JSON.parse(JSON.stringify(store.session))).toEqual(store.session)
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna'])
})

test('a session that the store still has is used after a restart, and renewed into the store', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const before = createStockbookClient({ url: server.url, auth: { store } })
  await before.auth.signIn.mutate(anna)
  const first = store.session
  server.expireAccess()
  const after = createStockbookClient({ url: server.url, auth: { store } })
  await after.products.list.query({})
  expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
  expect(store.session?.refreshToken).not.toBe(first?.refreshToken)
  expect(server.seen.at(-1)?.authorization).toBe(`Bearer ${store.session?.accessToken}`)
})

test('the store is asked before every call, so a session that another tab put there is used', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const tab = () => createStockbookClient({ url: server.url, auth: { store } })
  const [first, second] = [tab(), tab()]
  await first.auth.signIn.mutate(anna)
  await second.products.list.query({})
  await second.auth.signIn.mutate({ ...anna, username: 'olga' })
  await first.products.list.query({})
  expect(server.readers).toEqual(['anna', 'olga'])
  expect(server.calls.refresh).toBe(0)
})

test('with an empty store a guarded call is refused, and nothing is renewed or written', async () => {
  await using server = await startSessionServer()
  const set = vi.fn<SessionStore['set']>()
  const client = createStockbookClient({
    url: server.url,
    auth: { store: { get: () => null, set } },
  })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen.map(({ authorization }) => authorization)).toEqual([undefined])
  await expect(client.auth.refresh.mutate({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.calls.refresh).toBe(0)
  expect(set).not.toHaveBeenCalled()
})

test('a session that the server ended is taken out of the store, and not asked for again', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  server.endSessions()
  for (let call = 0; call < 3; call += 1) {
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  }
  expect(store.session).toBeNull()
  expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
})

for (const signOut of ['signOut', 'signOutEverywhere'] as const) {
  test(`${signOut} empties the store and ends the session on the server`, async () => {
    await using server = await startSessionServer()
    const store = memoryStore()
    const client = createStockbookClient({ url: server.url, auth: { store } })
    await client.auth.signIn.mutate(anna)
    await client.auth[signOut].mutate()
    expect(store.session).toBeNull()
    expect(server.openSessions()).toBe(0)
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
    expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
  })

  test(`${signOut} that did not reach the server keeps the session, to be tried again`, async () => {
    await using server = await startSessionServer()
    const store = memoryStore()
    const client = createStockbookClient({ url: server.url, auth: { store } })
    await client.auth.signIn.mutate(anna)
    server.faults.push(({ request }) => void request.socket.destroy())
    await expect(client.auth[signOut].mutate()).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(store.session).not.toBeNull()
    await client.auth[signOut].mutate()
    expect(store.session).toBeNull()
    expect(server.openSessions()).toBe(0)
  })
}

test('a renewal that is answered after a sign-out does not bring the session back', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  const held = holdingAnswer()
  server.faults.push(held.fault)
  const renewing = client.auth.refresh.mutate({})
  await expect.poll(() => server.calls.refresh).toBe(1)
  await client.auth.signOut.mutate()
  held.release()
  await renewing
  expect(store.session).toBeNull()
})

test('a renewal that ends after another sign-in leaves the new session alone', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  let answer = () => {}
  server.faults.push(({ work }) => {
    answer = work
  })
  const renewing = client.auth.refresh.mutate({})
  await expect.poll(() => server.seen.at(-1)?.path).toBe('/rpc/auth.refresh')
  const otherTab = createStockbookClient({ url: server.url, auth: { store } })
  await otherTab.auth.signIn.mutate({ ...anna, username: 'olga' })
  const olgas = store.session
  answer()
  await renewing
  expect(store.session).toEqual(olgas)
  await client.products.list.query({})
  expect(server.readers).toEqual(['olga'])
})

test('a renewal that is refused after another tab signed in leaves that session, and the call uses it', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  server.endSessions()
  const otherTab = createStockbookClient({ url: server.url, auth: { store } })
  server.faults.push(
    ({ work }) => work(),
    async ({ work }) => {
      await otherTab.auth.signIn.mutate({ ...anna, username: 'olga' })
      work()
    },
  )
  await client.products.list.query({})
  expect(server.readers).toEqual(['olga'])
  expect(store.session).not.toBeNull()
  expect(server.calls).toEqual({ signIn: 2, refresh: 1 })
})

test('auth.refresh that is refused for an older token renews the session that another tab put there', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  server.endSessions()
  const otherTab = createStockbookClient({ url: server.url, auth: { store } })
  server.faults.push(async ({ work }) => {
    await otherTab.auth.signIn.mutate({ ...anna, username: 'olga' })
    work()
  })
  const opened = await client.auth.refresh.mutate({})
  expect(opened.user.username).toBe('olga')
  expect(store.session?.refreshToken).toBe(opened.refreshToken)
})

test('a renewal is tried again with the token that another tab has put there meanwhile', async () => {
  await using server = await startSessionServer()
  server.grace = false
  const store = memoryStore()
  const tab = () => createStockbookClient({ url: server.url, auth: { store } })
  const [first, second] = [tab(), tab()]
  await first.auth.signIn.mutate(anna)
  server.faults.push(async ({ request }) => {
    await second.auth.refresh.mutate({})
    request.socket.destroy()
  })
  await first.auth.refresh.mutate({})
  expect(server.openSessions()).toBe(1)
  await second.auth.refresh.mutate({})
  await second.products.list.query({})
  expect(server.readers).toEqual(['anna'])
})

test('auth.refresh with a token of the caller opens that session in the store', async () => {
  await using server = await startSessionServer()
  const plain = createStockbookClient({ url: server.url })
  const { refreshToken } = await plain.auth.signIn.mutate(anna)
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.refresh.mutate({ refreshToken: refreshToken ?? '' })
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna'])
})

test('a client with a store asks for the refresh token, whatever the input says', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate({ ...anna, keep: 'cookie' })
  expect(store.session?.refreshToken).toMatch(/^session1/)
})

test('a failed sign-in leaves the session that there is', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  const kept = store.session
  const wrong = client.auth.signIn.mutate({ ...anna, password: 'wrong' })
  await expect(wrong).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(store.session).toEqual(kept)
})

test('reads that share a request carry the newest of their tokens', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  const good = store.session as StoredSession
  const answers = [{ ...good, accessToken: 'old' }, good]
  const get = () => answers.shift() ?? good
  const reader = createStockbookClient({ url: server.url, auth: { store: { ...store, get } } })
  await Promise.all([reader.products.list.query({}), reader.products.list.query({})])
  expect(server.seen.at(-1)?.authorization).toBe(`Bearer ${good.accessToken}`)
})

test('a session whose end makes no sense is renewed', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  store.session = { ...(store.session as StoredSession), expiresAt: 'soon' }
  await client.products.list.query({})
  expect(server.calls.refresh).toBe(1)
  expect(Date.parse(store.session.expiresAt)).toBeGreaterThan(Date.now())
})

test('a store that fails to give its session is named as the reason', async () => {
  const cause = new Error('storage is locked')
  const get = () => {
    throw cause
  }
  const client = createStockbookClient({
    url: 'http://127.0.0.1:1',
    auth: { store: { get, set: () => {} } },
  })
  const expected = { code: 'SIGN_IN_REQUIRED', cause }
  await expect(client.products.list.query({})).rejects.toMatchObject(expected)
})

test('a store that fails to keep a session is named as the reason, at sign-in and at renewal', async () => {
  await using server = await startSessionServer()
  const cause = new Error('storage is full')
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  store.set = () => {
    throw cause
  }
  const expected = { code: 'SIGN_IN_REQUIRED', cause }
  await expect(client.auth.signIn.mutate(anna)).rejects.toMatchObject(expected)
  server.expireAccess()
  await expect(client.products.list.query({})).rejects.toMatchObject(expected)
})

test('a store that failed once does not hold up the next call', async () => {
  await using server = await startSessionServer()
  const store = memoryStore()
  const client = createStockbookClient({ url: server.url, auth: { store } })
  await client.auth.signIn.mutate(anna)
  server.expireAccess()
  const { set } = store
  store.set = () => {
    store.set = set
    throw new Error('storage is full')
  }
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna'])
  expect(server.openSessions()).toBe(1)
})

test('a sign-in that must wait is sent once, and says for how long', async () => {
  let attempts = 0
  await using server = await startSessionServer({
    'auth.signIn': (_input, { setHeader }) => {
      attempts += 1
      setHeader('retry-after', '7')
      throw new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 7 })
    },
  })
  const client = createStockbookClient({ url: server.url, auth: { store: memoryStore() } })
  await expect(client.auth.signIn.mutate(anna)).rejects.toMatchObject({
    code: 'TOO_MANY_ATTEMPTS',
    retryAfterMs: 7_000,
    detail: { retryAfterSeconds: 7 },
  })
  expect(attempts).toBe(1)
})
