import { afterEach, expect, test, vi } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { password, startSessionServer } from './sessionServer.ts'
import { emptyPage, Refusal, startServer } from './testServer.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an API key travels in its own scheme', async () => {
  await using server = await startServer({ 'products.list': () => emptyPage })
  const client = createStockbookClient({ url: server.url, auth: { apiKey: 'sbk_123' } })
  await client.products.list.query({})
  expect(server.seen[0]?.authorization).toBe('ApiKey sbk_123')
})

test('an API key that is refused is not sent again, and nothing is renewed', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url, auth: { apiKey: 'sbk_123' } })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen).toHaveLength(1)
})

test('an API key is refused in a page, unless the page says that nobody else can open it', () => {
  vi.stubGlobal('document', {})
  const url = 'https://a.test'
  const make = (allowInBrowser?: boolean) => () =>
    createStockbookClient({ url, auth: { apiKey: 'sbk_123', allowInBrowser } })
  expect(make()).toThrow(TypeError)
  expect(make(false)).toThrow(/allowInBrowser/)
  expect(make(true)).not.toThrow()
  expect(make()).not.toThrow('sbk_123')
})

test('without auth no authorization is sent, and a guarded call is refused once', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url })
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen).toHaveLength(1)
  expect(server.seen[0]?.authorization).toBeUndefined()
})

test('without auth the open procedures can be called, and what they bring is the caller’s', async () => {
  await using server = await startSessionServer()
  const client = createStockbookClient({ url: server.url })
  const first = await client.auth.signIn.mutate({ username: 'anna', password })
  const second = await client.auth.refresh.mutate({ refreshToken: first.refreshToken ?? '' })
  expect(second.refreshToken).toBe('session1.2')
  await expect(client.products.list.query({})).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen.at(-1)?.authorization).toBeUndefined()
})

test('a refusal of auth.refresh reaches the caller, and is asked for once', async () => {
  await using server = await startServer({
    'auth.refresh': () => {
      throw new Refusal('SIGN_IN_REQUIRED')
    },
  })
  const client = createStockbookClient({ url: server.url })
  const call = client.auth.refresh.mutate({ refreshToken: 'used' })
  await expect(call).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(server.seen).toHaveLength(1)
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
