import { afterEach, expect, test, vi } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { browserFetch, password, startSessionServer } from './sessionServer.ts'
import { holdingAnswer, Refusal } from './testServer.ts'

const anna = { username: 'anna', password }
const auth = { cookie: true } as const

afterEach(() => {
  vi.useRealTimers()
})

test('a sign-in leaves the refresh token to the browser, and no script sees it', async () => {
  await using server = await startSessionServer()
  const browser = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch: browser.fetch })
  const opened = await client.auth.signIn.mutate(anna)
  expect(opened.refreshToken).toBeNull()
  expect(browser.cookie).toBe('__Host-stockbook-refresh=session1.1')
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna'])
})

test('a fresh page renews once for all its calls, and needs no sign-in', async () => {
  await using server = await startSessionServer()
  const browser = browserFetch()
  const page = () => createStockbookClient({ url: server.url, auth, fetch: browser.fetch })
  await page().auth.signIn.mutate(anna)
  const reloaded = page()
  await Promise.all(Array.from({ length: 20 }, () => reloaded.products.list.query({})))
  await reloaded.products.list.query({})
  expect(server.readers).toHaveLength(21)
  expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
})

test('on a page where nobody is signed in calls are refused, and the cookie is asked for once', async () => {
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch })
  for (let call = 0; call < 3; call += 1) {
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  }
  expect(server.calls).toEqual({ signIn: 0, refresh: 1 })
  expect(server.seen.filter(({ method }) => method === 'GET')).toHaveLength(3)
})

test('after a refusal a sign-in opens a session at once, and it is renewed', async () => {
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  await client.auth.signIn.mutate(anna)
  await client.products.list.query({})
  server.expireAccess()
  await client.products.list.query({})
  expect(server.readers).toEqual(['anna', 'anna'])
})

test('a sign-in in another tab is noticed by auth.refresh at once, and by other calls within a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const tab = () => createStockbookClient({ url: server.url, auth, fetch })
  const [first, second, third] = [tab(), tab(), tab()]
  for (const client of [first, second]) {
    await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  }
  await third.auth.signIn.mutate(anna)
  await first.auth.refresh.mutate({})
  await first.products.list.query({})
  await expect(second.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  vi.setSystemTime(Date.now() + 61_000)
  await second.products.list.query({})
  expect(server.readers).toEqual(['anna', 'anna'])
})

test('a page does not become that of another user who signs in on another page, unless it asks who it is', async () => {
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const page = () => createStockbookClient({ url: server.url, auth, fetch })
  const [annas, bertas] = [page(), page()]
  await annas.auth.signIn.mutate(anna)
  await bertas.auth.signIn.mutate({ username: 'berta', password })
  await annas.products.list.query({})
  expect(server.readers).toEqual(['anna'])
  server.expireAccess()
  for (let call = 0; call < 2; call += 1) {
    await expect(annas.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  }
  await bertas.products.list.query({})
  expect(server.readers).toEqual(['anna', 'berta'])
  expect(await annas.auth.refresh.mutate({})).toMatchObject({ user: { id: 'berta' } })
  await annas.products.list.query({})
  await annas.auth.signIn.mutate(anna)
  await annas.products.list.query({})
  expect(server.readers).toEqual(['anna', 'berta', 'berta', 'anna'])
})

test('signing out forgets the session in memory and in the browser', async () => {
  await using server = await startSessionServer()
  const browser = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch: browser.fetch })
  await client.auth.signIn.mutate(anna)
  await client.auth.signOut.mutate()
  expect(browser.cookie).toBe('__Host-stockbook-refresh=')
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen.at(-1)?.authorization).toBeUndefined()
  expect(server.readers).toEqual([])
})

/** Several exchanges of somebody else: what could have been sent meanwhile has arrived. */
async function whileOthersCall(url: string) {
  const other = createStockbookClient({ url, auth: { apiKey: 'none' } })
  for (let call = 0; call < 5; call += 1) await other.products.list.query({}).catch(() => null)
}

test('a sign-in waits for a renewal under way, so that its cookie is the last', async () => {
  await using server = await startSessionServer()
  const browser = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch: browser.fetch })
  const held = holdingAnswer()
  server.faults.push(held.fault)
  const renewing = client.auth.refresh.mutate({}).catch(() => null)
  await expect.poll(() => server.calls.refresh).toBe(1)
  const signingIn = client.auth.signIn.mutate(anna)
  await whileOthersCall(server.url)
  expect(server.calls.signIn).toBe(0)
  held.release()
  await Promise.all([renewing, signingIn])
  expect(browser.cookie).toBe('__Host-stockbook-refresh=session1.1')
})

test('a call that comes during a sign-in waits for its session, and asks for no other', async () => {
  await using server = await startSessionServer()
  const browser = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch: browser.fetch })
  const held = holdingAnswer()
  server.faults.push(held.fault)
  const signingIn = client.auth.signIn.mutate(anna)
  await expect.poll(() => server.calls.signIn).toBe(1)
  const calls = [client.products.list.query({}), client.products.list.query({})]
  held.release()
  await Promise.all([signingIn, ...calls])
  expect(server.readers).toEqual(['anna', 'anna'])
  expect(server.calls).toEqual({ signIn: 1, refresh: 0 })
  expect(browser.cookie).toBe('__Host-stockbook-refresh=session1.1')
})

test('a call that comes during a sign-in that fails is answered for itself', async () => {
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch })
  const held = holdingAnswer()
  server.faults.push(held.fault)
  const signingIn = client.auth.signIn.mutate({ ...anna, password: 'wrong' })
  await expect.poll(() => server.calls.signIn).toBe(1)
  const calls = [signingIn, client.products.list.query({}), client.auth.refresh.mutate({})]
  await whileOthersCall(server.url)
  expect(server.calls.refresh).toBe(0)
  held.release()
  expect(await Promise.allSettled<unknown>(calls)).toMatchObject([
    { reason: { code: 'SIGN_IN_FAILED' } },
    { reason: { code: 'SIGN_IN_REQUIRED' } },
    { reason: { code: 'SIGN_IN_REQUIRED' } },
  ])
  expect(server.calls).toEqual({ signIn: 1, refresh: 1 })
})

test('a sign-in that waits for a renewal can be given up', async () => {
  await using server = await startSessionServer()
  const { fetch } = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch })
  server.faults.push(() => {})
  const controller = new AbortController()
  const given = { signal: controller.signal }
  const renewing = client.products.list.query({}, given)
  await expect.poll(() => server.seen.length).toBe(1)
  const signingIn = client.auth.signIn.mutate(anna, given)
  controller.abort()
  await expect(signingIn).rejects.toMatchObject({ code: 'ABORTED' })
  await expect(renewing).rejects.toMatchObject({ code: 'ABORTED' })
  expect(server.calls.signIn).toBe(0)
})

test('a foreign page is told so, and nothing is repeated', async () => {
  await using server = await startSessionServer({
    'auth.refresh': () => {
      throw new Refusal('CROSS_SITE_REFUSED')
    },
  })
  const { fetch } = browserFetch()
  const client = createStockbookClient({ url: server.url, auth, fetch })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'CROSS_SITE_REFUSED' })
  expect(server.seen).toHaveLength(1)
})

test('cookies are sent to the server’s own pages alone', async () => {
  const modes: unknown[] = []
  const spy: typeof fetch = async (_url, init) => {
    modes.push(init?.credentials)
    return Response.json({ error: {} }, { status: 500 })
  }
  const client = createStockbookClient({ url: 'https://a.test', auth, fetch: spy })
  await client.auth.refresh.mutate({}).catch(() => null)
  expect(modes).toEqual(['same-origin'])
})
