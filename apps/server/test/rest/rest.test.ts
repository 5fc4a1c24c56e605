import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { type RestCall, restCall } from '../../src/testing/restCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let operator: string
let admin: string
let document: { paths: Record<string, Record<string, { responses: object }>>; components: object }
let productId: string
let binId: string

const get = (procedure: string, input: object = {}, authorization: string | null = operator) =>
  restCall(server.url, procedure, { input, authorization })

const post = (procedure: string, input: object, authorization: string | null = operator) =>
  restCall(server.url, procedure, { method: 'POST', input, authorization })

async function signIn(username: string): Promise<string> {
  const { json } = await post('auth.signIn', { username, password: testPassword }, null)
  return `Bearer ${json.accessToken as string}`
}

beforeAll(async () => {
  server = await startTestServer()
  operator = await signIn('olga')
  admin = await signIn('anton')
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as typeof document
  const product = { sku: 'TEA', name: 'Tea', baseUnit: 'piece', unitPrice: '12.50' }
  productId = (await post('products.create', product, admin)).json.id as string
  const house = { kind: 'warehouse', code: 'W', name: 'Main' }
  const parentId = (await post('locations.create', house, admin)).json.id
  const bin = { kind: 'bin', code: 'B-1', name: 'Bin', parentId }
  binId = (await post('locations.create', bin, admin)).json.id as string
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const incoming = (quantity: number, more: object = {}) => ({
  commandId: randomUUID(),
  lines: [{ type: 'incoming', productId, toLocationId: binId, quantity }],
  ...more,
})

/** All but when a session was last used, which is noted once a minute. */
async function contents() {
  const { sessions: _, ...rest } = await databaseContents(server.db)
  return rest
}

/** What the document says of an answer, which the answer must keep. */
function expectDocumented(procedure: string, method: string, json: unknown): void {
  const path = `/api/${procedure.replace('.', '/')}`
  const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true })
  ajv.addSchema(document, 'openapi')
  const at = ['paths', path, method, 'responses', '200', 'content', 'application/json', 'schema']
  const pointer = at.map((step) => step.replaceAll('/', '~1')).join('/')
  const valid = ajv.validate({ $ref: `openapi#/${pointer}` }, json)
  expect({ procedure, valid, errors: ajv.errors }).toEqual({ procedure, valid: true, errors: null })
}

test('goods are received and found, in plain JSON, and the same command works once', async () => {
  const command = incoming(7, { occurredAt: '2026-01-31T12:00:00.000+03:00', reference: '4711' })
  const first = await post('movements.post', command)
  expect(first).toMatchObject({
    status: 200,
    json: { replayed: false, occurredAt: '2026-01-31T09:00:00.000Z', movements: [{ quantity: 7 }] },
  })
  expectDocumented('movements.post', 'post', first.json)

  const again = await post('movements.post', command)
  expect(again).toMatchObject({ status: 200, json: { ...first.json, replayed: true } })

  const levels = await get('stock.levels', { search: 'tea', limit: 5, includeZero: true })
  expect(levels.json).toMatchObject({ items: [{ sku: 'TEA', onHand: 7 }], nextCursor: null })
  expectDocumented('stock.levels', 'get', levels.json)
})

test('what is asked of a moment is asked with its zone', async () => {
  await post('movements.post', incoming(5, { occurredAt: '2020-05-01T00:00:00Z' }))
  const onHand = async (at: string) => {
    const { status, json } = await get('stock.asOf', { productId, at })
    return status === 200 ? (json.items as { onHand: number }[])[0]?.onHand : json.code
  }
  expect(await onHand('2020-05-01T00:59:59+01:00')).toBeUndefined()
  expect(await onHand('2020-05-01T01:00:00+01:00')).toBe(5)
  expect(await onHand('2020-05-01T00:00:00')).toBe('INVALID_INPUT')
  expect(await onHand('2020-05-01')).toBe('INVALID_INPUT')
})

test('a parameter is its text, or JSON where no text is taken', async () => {
  const found = async (input: object) => {
    const { status, json } = await get('products.list', input)
    return status === 200 ? (json.items as unknown[]).length : json.code
  }
  await post('products.create', { sku: '42', name: 'true', baseUnit: 'piece' }, admin)
  expect(await found({ search: '42' })).toBe(1)
  expect(await found({ search: 'true' })).toBe(1)
  expect(await found({ archived: 'all', sort: 'sku', direction: 'descending' })).toBe(2)
  expect(await found({ archived: true })).toBe(0)
  expect(await found({ archived: 'yes' })).toBe('INVALID_INPUT')
  expect(await found({ limit: 'many' })).toBe('INVALID_INPUT')
  expect(await found({ limit: [5] })).toBe('INVALID_INPUT')

  const movements = async (types: unknown) => {
    const { status, json } = await get('movements.list', { types })
    return status === 200 ? (json.items as unknown[]).length : json.code
  }
  await post('movements.post', incoming(1))
  expect(await movements(['incoming', 'transfer'])).toBeGreaterThan(0)
  expect(await movements(['transfer'])).toBe(0)
  expect(await movements('transfer')).toBe('INVALID_INPUT')
})

test.each([
  ['auth.me', {}],
  ['products.list', {}],
  ['locations.list', {}],
  ['movements.list', {}],
  ['stock.closing', {}],
  ['stock.verify', {}],
  ['users.list', {}],
  ['audit.list', {}],
  ['audit.verify', {}],
  ['jobs.list', {}],
  ['migrations.list', {}],
  ['sessions.list', {}],
  ['reports.lowStock', {}],
])('%s answers as the document says', async (procedure, input) => {
  const { status, json } = await get(procedure, input, admin)
  expect(status).toBe(200)
  expectDocumented(procedure, 'get', json)
})

describe('a refusal is a problem of RFC 9457', () => {
  test('with the code, the status and the facts of the same refusal below /rpc', async () => {
    const before = await databaseContents(server.db)
    const lines = [{ type: 'outgoing', productId, fromLocationId: binId, quantity: 10_000 }]
    const { status, headers, json } = await post('movements.post', {
      commandId: randomUUID(),
      lines,
    })
    expect(status).toBe(409)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(json).toEqual({
      type: 'urn:problem-type:stockbook:INSUFFICIENT_STOCK',
      title: expect.any(String),
      status: 409,
      code: 'INSUFFICIENT_STOCK',
      facts: expect.objectContaining({ sku: 'TEA', location: 'B-1', requested: 10_000 }),
      requestId: headers.get('x-request-id'),
    })
    const after = await databaseContents(server.db)
    expect(after.stock_movements).toBe(before.stock_movements)
    expect(after.stock_levels).toBe(before.stock_levels)
  })

  test('of an unknown field, which says where', async () => {
    const written = await post('movements.post', { ...incoming(1), lines: [{ typo: 1 }], Note: '' })
    expect(written.status).toBe(400)
    expect(JSON.stringify(written.json.facts)).toMatch(/Note/)
    const read = await get('products.list', { serach: 'tea' })
    expect(read).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } })
    expect(JSON.stringify(read.json.facts)).toContain('serach')
    expect((await get('products.list', JSON.parse('{"__proto__":{"limit":1}}'))).status).toBe(400)
    const hidden = '{"__proto__":{},"name":"Coffee"}'
    const { status } = await restCall(server.url, 'categories.create', {
      method: 'POST',
      authorization: admin,
      body: hidden,
    })
    expect(status).toBe(400)
  })

  test('of what is no moment, in words that an address knows', async () => {
    const message = 'give a moment: a Date, or in plain JSON a text like 2026-01-31T14:00:00Z'
    for (const at of ['garbage', '', '2026-01-31']) {
      const { status, json } = await get('stock.asOf', { at })
      expect(status).toBe(400)
      expect(json.facts).toEqual({ issues: [{ path: ['at'], message }] })
    }
  })

  test('of a parameter that is given twice', async () => {
    const answer = await fetch(`${server.url}/api/products/list?limit=1&limit=2`, {
      headers: { authorization: operator },
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ facts: { issues: [{ path: ['limit'] }] } })
  })

  const refused: [string, string, RestCall, { status: number; code?: string }][] = [
    ['nobody', 'products.list', { authorization: null }, { status: 401, code: 'SIGN_IN_REQUIRED' }],
    ['a wrong method', 'movements.post', {}, { status: 405, code: 'METHOD_NOT_ALLOWED' }],
    ['HEAD', 'products.list', { method: 'HEAD' }, { status: 405 }],
    ['no such procedure', 'products.lost', {}, { status: 404, code: 'UNKNOWN_PROCEDURE' }],
    ['a feature', 'products', {}, { status: 404, code: 'UNKNOWN_PROCEDURE' }],
    ['a subscription', 'stock.changes', {}, { status: 404, code: 'UNKNOWN_PROCEDURE' }],
    [
      'no such row',
      'products.get',
      { input: { id: randomUUID() } },
      { status: 404, code: 'NOT_FOUND' },
    ],
    [
      'what is no JSON',
      'movements.post',
      { method: 'POST', body: '{' },
      { status: 400, code: 'INVALID_INPUT' },
    ],
    [
      'JSON of another shape',
      'movements.post',
      { method: 'POST', body: '[[1]]' },
      { status: 400, code: 'INVALID_INPUT' },
    ],
    [
      'a form',
      'movements.post',
      { method: 'POST', headers: { 'content-type': 'text/plain' } },
      { status: 415, code: 'UNSUPPORTED_REQUEST' },
    ],
    [
      'a body that is packed',
      'movements.post',
      { method: 'POST', headers: { 'content-encoding': 'gzip' } },
      { status: 415, code: 'UNSUPPORTED_REQUEST' },
    ],
    [
      'a body of more than 256 KiB',
      'categories.create',
      { method: 'POST', body: JSON.stringify({ name: 'x'.repeat(256 * 1024) }) },
      { status: 413, code: 'PAYLOAD_TOO_LARGE' },
    ],
  ]
  test.each(refused)('of %s', async (_what, procedure, call, { status, code }) => {
    const before = await contents()
    const answer = await restCall(server.url, procedure, { authorization: admin, ...call })
    expect(answer.status).toBe(status)
    expect(answer.json?.code).toBe(code)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/^(GET|POST)$/)
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await contents()).toEqual(before)
  })

  test('of somebody who guesses a password too often, with the time to wait', async () => {
    const guess = () => post('auth.signIn', { username: 'ghost', password: 'x' }, null)
    let answer = await guess()
    for (let tries = 0; answer.status === 401 && tries < 50; tries++) answer = await guess()
    expect(answer).toMatchObject({ status: 429, json: { code: 'TOO_MANY_ATTEMPTS' } })
    const { retryAfterSeconds } = answer.json.facts as { retryAfterSeconds: number }
    expect(answer.headers.get('retry-after')).toBe(String(retryAfterSeconds))
  })
})

test('a command of ten thousand lines has room, and one byte too many has not', async () => {
  const [line] = incoming(1).lines
  const lines = Array.from({ length: 10_000 }, () => line)
  const { status, json } = await post('movements.post', { commandId: randomUUID(), lines })
  expect({ status, movements: (json.movements as unknown[]).length }).toEqual({
    status: 200,
    movements: 10_000,
  })
  const tooLarge = await post('movements.post', incoming(1, { note: 'x'.repeat(4 * 1024 * 1024) }))
  expect(tooLarge).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } })
})

test('who may not call is told before the body is read', async () => {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const answer = text(socket)
  socket.write(
    'POST /api/movements/post HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n{',
  )
  expect(await answer).toMatch(/^HTTP\/1\.1 401 [\s\S]*connection: close/i)
})

test('an API key calls as its role', async () => {
  const made = await post('apiKeys.create', { name: 'a scanner', role: 'operator' }, admin)
  const authorization = `ApiKey ${made.json.key as string}`
  expect((await get('auth.me', {}, authorization)).json).toMatchObject({ kind: 'service' })
  expect(await get('users.list', {}, authorization)).toMatchObject({
    status: 403,
    json: { code: 'ADMIN_REQUIRED' },
  })
})

test('a cookie is taken from the own pages alone', async () => {
  const keep = { username: 'olga', password: testPassword, keep: 'cookie' }
  const from = (origin: string, site: string) =>
    restCall(server.url, 'auth.signIn', {
      method: 'POST',
      input: keep,
      headers: { origin, 'sec-fetch-site': site },
    })
  expect(await from('https://evil.example', 'cross-site')).toMatchObject({
    json: { code: 'CROSS_SITE_REFUSED' },
  })
  const own = await from(server.url, 'same-origin')
  expect(own).toMatchObject({ status: 200, json: { refreshToken: null } })
  expect(own.headers.get('set-cookie')).toContain('HttpOnly; Secure; SameSite=Strict')
})
