import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { retryAfterMs } from '../src/answer.ts'
import { createStockbookClient, isStockbookError, StockbookError } from '../src/index.ts'
import { wrongScheme } from '../src/wrongScheme.ts'
import {
  answering,
  cutAfterWork,
  cutInMidAnswer,
  Refusal,
  silence,
  startServer,
} from './testServer.ts'

const line = {
  type: 'incoming' as const,
  productId: '018f4e3c-0000-7000-8000-000000000001',
  toLocationId: '018f4e3c-0000-7000-8000-000000000002',
  quantity: 1,
}

async function failureOf(call: Promise<unknown>): Promise<StockbookError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isStockbookError(error)) throw new Error(`not a StockbookError: ${String(error)}`)
  return error
}

test('a refusal carries code, sentence, detail and the request id of the answer', async () => {
  const detail = { available: 0, requested: 1, occurredAt: new Date(0) }
  await using server = await startServer({
    'products.list': () => {
      throw new Refusal('INSUFFICIENT_STOCK', detail)
    },
  })
  let header: string | null = null
  const spy: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    header = response.headers.get('x-request-id')
    return response
  }
  const client = createStockbookClient({ url: server.url, fetch: spy })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toBeInstanceOf(StockbookError)
  expect(error).toMatchObject({
    name: 'StockbookError',
    code: 'INSUFFICIENT_STOCK',
    message: 'Not enough stock at the source location.',
    detail,
    fieldErrors: {},
    retryable: false,
  })
  expect(error.requestId).toBe(header)
  expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('an invalid input names each field with all that is wrong with it', async () => {
  await using server = await startServer({})
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(
    client.movements.post.mutate({
      lines: [{ type: 'incoming', productId: 'x', toLocationId: 'y', quantity: 0 }],
    }),
  )
  expect(error.code).toBe('INVALID_INPUT')
  expect(Object.keys(error.fieldErrors).toSorted()).toEqual([
    'lines.0.productId',
    'lines.0.quantity',
    'lines.0.toLocationId',
  ])
  expect(error.fieldErrors['lines.0.productId']?.[0]).toContain('UUID')
})

test('field errors are made for INVALID_INPUT alone, and of well-formed issues alone', () => {
  const issues = [
    { path: ['name'], message: 'too short' },
    { path: ['name'], message: 'no spaces' },
    { path: [], message: 'too little' },
    { path: ['__proto__'], message: 'no' },
    'nonsense',
    null,
  ]
  const facts = { message: '', detail: { issues } }
  expect(new StockbookError('INVALID_INPUT', facts).fieldErrors).toEqual({
    name: ['too short', 'no spaces'],
    '': ['too little'],
    ['__proto__']: ['no'],
  })
  expect(new StockbookError('CHANGED_MEANWHILE', facts).fieldErrors).toEqual({})
})

test('a refusal says which call it belongs to, outside of the sentence that a page shows', async () => {
  await using server = await startServer({
    'movements.post': () => {
      throw new Refusal('INSUFFICIENT_STOCK')
    },
  })
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(client.movements.post.mutate({ lines: [line] }))
  expect(error.path).toBe('movements.post')
  expect(error.message).toBe('Not enough stock at the source location.')
  // This is what Node prints of an error that nobody caught.
  expect(inspect(error)).toContain("path: 'movements.post'")
})

test('each failure that the client finds itself says which call it belongs to', async () => {
  await using server = await startServer({})
  const client = createStockbookClient({ url: server.url, timeoutMs: 100, maxRetries: 0 })
  const pathOf = async (call: Promise<unknown>) => {
    const { code, path } = await failureOf(call)
    return [code, path]
  }
  server.faults.push(silence, answering(502, ''))
  expect(await pathOf(client.products.list.query({}))).toEqual(['TIMED_OUT', 'products.list'])
  expect(await pathOf(client.lots.list.query({}))).toEqual(['UNEXPECTED_ANSWER', 'lots.list'])
  const signal = AbortSignal.abort()
  expect(await pathOf(client.stock.levels.query({}, { signal }))).toEqual([
    'ABORTED',
    'stock.levels',
  ])
  const long = { search: 'a'.repeat(10_000) }
  expect(await pathOf(client.products.list.query(long))).toEqual([
    'PAYLOAD_TOO_LARGE',
    'products.list',
  ])
})

test('reads whose one request was lost each name themselves', async () => {
  await using server = await startServer({})
  server.faults.push(cutAfterWork)
  const client = createStockbookClient({ url: server.url, maxRetries: 0 })
  const errors = await Promise.all([
    failureOf(client.products.list.query({})),
    failureOf(client.lots.list.query({})),
  ])
  expect(server.seen).toHaveLength(1)
  expect(errors).toMatchObject([
    { code: 'CONNECTION_FAILED', path: 'products.list', retryable: true },
    { code: 'CONNECTION_FAILED', path: 'lots.list', retryable: true },
  ])
  for (const error of errors) expect(error.cause).toBeInstanceOf(Error)
})

test('a call whose sign-in is refused says that it was the sign-in', async () => {
  await using server = await startServer({
    'auth.signIn': () => {
      throw new Refusal('SIGN_IN_FAILED')
    },
  })
  const auth = { username: 'anna', password: 'wrong' }
  const client = createStockbookClient({ url: server.url, auth })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toMatchObject({ code: 'SIGN_IN_FAILED', path: 'auth.signIn' })
})

test('a store that fails is the failure of the call that needed it', async () => {
  const store = {
    get: () => {
      throw new Error('disk is full')
    },
    set: () => {},
  }
  const client = createStockbookClient({ url: 'https://a.test', auth: { store } })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toMatchObject({ code: 'SIGN_IN_REQUIRED', path: 'products.list' })
  expect(error.cause).toEqual(new Error('disk is full'))
})

test('a failure that belongs to no one call has no path', async () => {
  await using server = await startServer({ 'auth.me': () => ({ role: 'operator' }) })
  const client = createStockbookClient({ url: server.url })
  expect(await failureOf(client.as('admin'))).toMatchObject({ code: 'ADMIN_REQUIRED', path: null })
})

test('the message of an invalid input names the call and its first faults, and counts the others', async () => {
  await using server = await startServer({})
  const client = createStockbookClient({ url: server.url })
  const few = await failureOf(client.lots.list.query({ limit: 0 }))
  expect(few.message).toMatch(/^lots\.list: limit: Too small: [^;]*$/)
  const wrong = { type: 'incoming' as const, productId: 'x', toLocationId: 'y', quantity: 1 }
  const many = await failureOf(client.movements.post.mutate({ lines: [wrong, wrong] }))
  expect(many.message).toMatch(
    /^movements\.post: lines\.0\.\w+: [^;]+; lines\.0\.\w+: [^;]+; lines\.1\.\w+: [^;]+; and 1 more$/,
  )
})

test('the message of an invalid input that names no field is still a sentence', async () => {
  await using server = await startServer({
    'products.list': () => {
      throw new Refusal('INVALID_INPUT')
    },
    'lots.list': () => {
      throw new Refusal('INVALID_INPUT', { issues: [{ path: [], message: 'cannot be read' }] })
    },
  })
  const client = createStockbookClient({ url: server.url })
  const none = await failureOf(client.products.list.query({}))
  expect(none.message).toMatch(/^products\.list: The input is not valid\./)
  const whole = await failureOf(client.lots.list.query({}))
  expect(whole.message).toBe('lots.list: cannot be read')
})

test('a procedure that the server does not have is named', async () => {
  await using server = await startServer({
    'products.list': () => {
      throw new Refusal('UNKNOWN_PROCEDURE')
    },
  })
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(client.products.list.query({}))
  expect(error.message).toContain('The server has no procedure products.list.')
})

test('isStockbookError tells codes apart and knows its own from others', () => {
  const error = new StockbookError('NOT_FOUND', { message: 'none' })
  expect(isStockbookError(error)).toBe(true)
  expect(isStockbookError(error, 'NOT_FOUND')).toBe(true)
  expect(isStockbookError(error, 'IN_USE')).toBe(false)
  expect(isStockbookError(new Error('NOT_FOUND'))).toBe(false)
  expect(isStockbookError({ name: 'StockbookError', code: 'NOT_FOUND' })).toBe(false)
  expect(isStockbookError(undefined)).toBe(false)
})

const foreign: [string, ReturnType<typeof answering>, number, boolean][] = [
  ['an HTML page with 502', answering(502, '<html>Bad Gateway</html>'), 502, true],
  ['an empty body with 503', answering(503, ''), 503, true],
  ['an HTML page with 200', answering(200, '<!doctype html>'), 200, false],
  ['an empty body with 200', answering(200, ''), 200, false],
  ['JSON of something else', answering(403, '{"message":"forbidden"}'), 403, false],
  ['a redirect', answering(302, '', { location: 'https://elsewhere.test/' }), 302, false],
]

for (const [what, fault, httpStatus, retryable] of foreign) {
  test(`${what} is told as an unexpected answer, never as a JSON failure`, async () => {
    await using server = await startServer({})
    server.faults.push(fault, fault)
    const client = createStockbookClient({ url: server.url, maxRetries: 0 })
    const read = () => client.products.list.query({})
    const write = () => client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' })
    for (const call of [read, write]) {
      const error = await failureOf(call())
      expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', retryable, detail: { httpStatus } })
      expect(error.message).toContain(`HTTP ${httpStatus}`)
      expect(error.message).not.toMatch(/JSON|token|transform/)
    }
  })
}

test('a redirect names where it leads and is not followed', async () => {
  await using server = await startServer({})
  server.faults.push(answering(301, '', { location: 'https://stock.test/rpc' }))
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(client.products.list.query({}))
  expect(error.message).toContain('https://stock.test/rpc')
  expect(server.seen).toHaveLength(1)
})

test('a redirect that a browser hides is told as one', async () => {
  const hiding: typeof fetch = async () =>
    Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    })
  const client = createStockbookClient({ url: 'https://a.test', fetch: hiding })
  const error = await failureOf(client.products.list.query({}))
  expect(error.message).toContain('a redirect')
})

test('a batch that is answered for fewer calls than it held fails the rest by name', async () => {
  await using server = await startServer({})
  const body = '[{"result":{"data":{"json":{"items":[],"nextCursor":null}}}}]'
  server.faults.push(answering(200, body))
  const client = createStockbookClient({ url: server.url })
  const results = await Promise.allSettled([
    client.products.list.query({}),
    client.products.list.query({}),
  ])
  expect(results).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'UNEXPECTED_ANSWER' } },
  ])
})

test('a tRPC failure without Stockbook’s data is an unexpected answer', async () => {
  await using server = await startServer({
    'products.list': () => {
      throw new Error('unnamed')
    },
  })
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', detail: { httpStatus: 500 } })
  expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('a server that is not there is a failed connection that names its address', async () => {
  const url = await (async () => {
    await using server = await startServer({})
    return server.url
  })()
  const client = createStockbookClient({ url, maxRetries: 0 })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toMatchObject({ code: 'CONNECTION_FAILED', retryable: true, requestId: null })
  expect(error.message).toContain(url)
  expect(error.message).toContain('ECONNREFUSED')
})

/** An HTTPS server with a certificate that nobody trusts, which counts its connections. */
async function startHttpsServer() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
  const server = createServer({ key, cert })
  const counted = { connections: 0 }
  server.on('connection', () => {
    counted.connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    counted,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a certificate that is not trusted says what to do, and is not tried again', async () => {
  await using server = await startHttpsServer()
  const client = createStockbookClient({ url: `https://${server.address}` })
  const error = await failureOf(client.products.list.query({}))
  expect(error).toMatchObject({ code: 'CONNECTION_FAILED', retryable: false })
  expect(error.message).toContain('NODE_EXTRA_CA_CERTS')
  expect(server.counted.connections).toBe(1)
})

test('an http address of a server that speaks HTTPS is told to be one', async () => {
  await using server = await startHttpsServer()
  const client = createStockbookClient({ url: `http://${server.address}`, maxRetries: 0 })
  const read = () => client.products.list.query({})
  const write = () => client.movements.post.mutate({ lines: [line] })
  for (const call of [read, write]) {
    const error = await failureOf(call())
    expect(error.code).toBe('CONNECTION_FAILED')
    expect(error.message).toContain('begin `url` with https://')
  }
})

test('an https address of a server that speaks HTTP is told to be one, and not tried again', async () => {
  await using server = await startServer({})
  const url = server.url.replace('http:', 'https:')
  const error = await failureOf(createStockbookClient({ url }).products.list.query({}))
  expect(error).toMatchObject({ code: 'CONNECTION_FAILED', retryable: false })
  expect(error.message).toContain('begin `url` with http://')
  expect(error.message).not.toContain('Is the server running')
})

test('a failure that has nothing to do with the scheme does not speak of it', async () => {
  await using server = await startServer({})
  server.faults.push(cutInMidAnswer)
  const client = createStockbookClient({ url: server.url, maxRetries: 0 })
  const cut = await failureOf(client.products.list.query({}))
  expect(cut.code).toBe('CONNECTION_FAILED')
  expect(cut.message).not.toMatch(/begin `url`/)
  for (const [origin, reason] of [
    ['http://a.test', 'ECONNREFUSED'],
    ['https://a.test', 'UND_ERR_SOCKET'],
    ['https://a.test', 'ECONNRESET'],
    ['http://a.test', 'ENOTFOUND'],
  ] as const) {
    expect(wrongScheme(origin, reason)).toBeNull()
  }
})

test('a slow answer is a timeout, and a write is told that it may have been done', async () => {
  await using server = await startServer({})
  server.faults.push(silence, silence)
  const client = createStockbookClient({ url: server.url, timeoutMs: 100, maxRetries: 0 })
  const read = await failureOf(client.products.list.query({}))
  expect(read).toMatchObject({ code: 'TIMED_OUT', detail: { timeoutMs: 100 }, retryable: true })
  const write = await failureOf(
    client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' }),
  )
  expect(write.message).toContain('may have been done')
})

test('a timeout drops the connection that it gave up', async () => {
  await using server = await startServer({})
  let closed = false
  server.faults.push(({ response }) => {
    response.on('close', () => {
      closed = true
    })
  })
  const client = createStockbookClient({ url: server.url, timeoutMs: 100, maxRetries: 0 })
  await failureOf(client.products.list.query({}))
  await expect.poll(() => closed).toBe(true)
})

test('a lost write fails with its connection, never as done', async () => {
  await using server = await startServer({ 'partners.create': () => ({}) })
  server.faults.push(cutAfterWork)
  const client = createStockbookClient({ url: server.url })
  const error = await failureOf(
    client.partners.create.mutate({ kind: 'supplier', code: 'A', name: 'A' }),
  )
  expect(error.code).toBe('CONNECTION_FAILED')
})

test('how long the server asks to wait is told, from its own answer and from a proxy’s', async () => {
  await using server = await startServer({
    'products.list': () => {
      throw new Refusal('UNAVAILABLE')
    },
  })
  const client = createStockbookClient({ url: server.url, maxRetries: 0 })
  server.faults.push(
    ({ response, work }) => {
      response.setHeader('retry-after', '7')
      work()
    },
    answering(503, '', { 'retry-after': '8' }),
  )
  const own = await failureOf(client.products.list.query({}))
  expect(own).toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 7_000 })
  const foreign = await failureOf(client.products.list.query({}))
  expect(foreign).toMatchObject({ code: 'UNEXPECTED_ANSWER', retryAfterMs: 8_000 })
})

test('Retry-After is read as seconds and as a date; nonsense is no wish', () => {
  const now = Date.parse('Tue, 24 Nov 2026 10:00:00 GMT')
  expect(retryAfterMs('3', now)).toBe(3_000)
  expect(retryAfterMs('Tue, 24 Nov 2026 10:00:07 GMT', now)).toBe(7_000)
  expect(retryAfterMs('Tue, 24 Nov 2026 09:00:00 GMT', now)).toBe(0)
  expect(retryAfterMs('soon', now)).toBeNull()
  expect(retryAfterMs(null, now)).toBeNull()
})
