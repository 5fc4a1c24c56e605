import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LogLines } from '../../src/testing/logLines.ts'
import { startTestServer, type TestServer, testOrigin } from '../../src/testing/testServer.ts'

let server: TestServer
const log = new LogLines()

beforeAll(async () => {
  server = await startTestServer(log)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const addresses = [
  '/rpc/auth.me',
  '/rpc/no.such',
  '/api/auth/me',
  '/api/no/such',
  '/openapi.json',
  '/healthz',
  '/readyz',
  '/',
  '/no/such/page',
  '/%E0%A4%A',
]

function get(path: string, headers: Record<string, string> = {}) {
  return fetch(server.url + path, { headers })
}

describe('the id of a request', () => {
  const idFor = async (headers: Record<string, string>) =>
    (await get('/rpc/auth.me', headers)).headers.get('x-request-id')

  test('is taken from who sends one', async () => {
    for (const id of ['abc', 'A-1_b.2', 'x'.repeat(64)]) {
      expect(await idFor({ 'x-request-id': id })).toBe(id)
      expect(log.of(id)).toHaveLength(1)
    }
  })

  test.each([
    ['absent', {}],
    ['empty', { 'x-request-id': '' }],
    ['too long', { 'x-request-id': 'x'.repeat(65) }],
    ['with a space', { 'x-request-id': 'a b' }],
    ['made to forge a log line', { 'x-request-id': 'a","level":60' }],
    ['a page', { 'x-request-id': '<b>' }],
    ['two of them', { 'x-request-id': 'a, b' }],
  ] as [string, Record<string, string>][])('is made anew when %s', async (_what, headers) => {
    expect(await idFor(headers)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  })

  test('differs from request to request', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => idFor({})))
    expect(new Set(ids).size).toBe(20)
  })

  test.each(addresses)('is on the answer of %s', async (path) => {
    expect((await get(path)).headers.get('x-request-id')).toBeTruthy()
  })
})

describe('a page of another site', () => {
  const trickyOrigins = [
    'null',
    'https://floor.example.evil.example',
    'https://evilfloor.example',
    'https://sub.floor.example',
    'http://floor.example',
    'https://floor.example:444',
    'https://floor.example/',
    'https://floor.example.',
    'https://floor.exampl',
    'https://floor-example',
    'file://',
    'https://floor.example, https://evil.example',
    'https://evil.example#https://floor.example',
  ]

  test('may read when its origin is allowed, and never with cookies', async () => {
    for (const path of ['/rpc/auth.me', '/healthz']) {
      const { headers } = await get(path, { origin: testOrigin })
      expect(headers.get('access-control-allow-origin')).toBe(testOrigin)
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('access-control-expose-headers')).toContain('x-request-id')
    }
  })

  test.each(trickyOrigins)('may not read from %s', async (origin) => {
    for (const path of ['/rpc/auth.me', '/healthz']) {
      const { headers } = await get(path, { origin })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test.each(addresses)('gets no answer of %s that was kept for another', async (path) => {
    expect((await get(path)).headers.get('vary')).toMatch(/\bOrigin\b/i)
  })

  const preflight = (origin: string) =>
    fetch(`${server.url}/rpc/movements.post`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })

  test('hears before it writes that it may, when it may', async () => {
    const { status, headers } = await preflight(testOrigin)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(testOrigin)
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST')
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type')
    expect(headers.get('access-control-max-age')).toBe('600')
  })

  test('hears nothing of the kind when it may not', async () => {
    for (const origin of trickyOrigins) {
      const { headers } = await preflight(origin)
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

test.each(addresses)(
  '%s carries what keeps a browser careful, and not what made it',
  async (path) => {
    const { headers } = await get(path)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("object-src 'none'"),
    })
    expect(headers.get('x-powered-by')).toBeNull()
    // Other programs of a developer's machine share the name localhost, and may speak plain HTTP.
    expect(headers.get('strict-transport-security')).toBeNull()
  },
)

test.each(['/rpc/auth.me', '/rpc/no.such', '/rpc/auth.me,auth.me?batch=1', '/api/auth/me'])(
  'nobody on the way keeps what %s answers',
  async (path) => {
    expect((await get(path)).headers.get('cache-control')).toBe('no-store')
  },
)

test('what is not there is 404, in JSON, with a hint and no stack', async () => {
  for (const path of ['/', '/no/such/page', '/%E0%A4%A', '/rpc', '/../../etc/passwd', '/.env']) {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ hint: expect.stringContaining('/rpc') })
  }
})

test('an address that no address is does not end the server', async () => {
  const { hostname, port } = new URL(server.url)
  for (const path of [
    '//',
    '/rpc//',
    '/rpc/\\',
    '/api//',
    '/api/\\',
    'http://elsewhere.example/rpc/auth.me',
    '*',
  ]) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request({ hostname, port, path, headers: { host: 'a b' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sending.on('error', reject)
      sending.end()
    })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  }
  expect((await get('/healthz')).status).toBe(200)
})

test('a line of the log has neither the token nor the input of its request', async () => {
  const headers = { authorization: 'Bearer secret-token-4711', 'x-request-id': 'discreet' }
  await get(
    `/rpc/products.list?input=${encodeURIComponent('{"json":{"search":"secret-word"}}')}`,
    headers,
  )
  const lines = log.of('discreet')
  expect(lines).toMatchObject([{ req: { method: 'GET', path: '/rpc/products.list' } }])
  expect(JSON.stringify(lines)).not.toMatch(/secret/)
})
