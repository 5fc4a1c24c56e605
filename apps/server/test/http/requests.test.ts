import { categories } from '@stockbook/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { type RawCall, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let token: string
let inputs: Awaited<ReturnType<typeof mutationInputs>>

beforeAll(async () => {
  server = await startTestServer()
  token = await signInFor(server.url, 'anton', testPassword)
  inputs = await mutationInputs(server)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Makes the call and tells what was answered, and whether anything was written. */
async function outcomeOf(path: string, call: RawCall) {
  const before = await databaseContents(server.db)
  const { status, failure } = await rawCall(server.url, path, { token, ...call })
  expect(await databaseContents(server.db)).toEqual(before)
  return { status, code: failure?.code }
}

const postJson = (path: string, body: string) =>
  outcomeOf(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })

const invalid = { status: 400, code: 'INVALID_INPUT' }

describe('only JSON is taken, so that a foreign page must ask first', () => {
  const body = '{"json":{"name":"Smuggled"}}'
  const form = new FormData()
  form.set('json', '{"name":"Smuggled"}')
  const refused = { status: 415, code: 'UNSUPPORTED_REQUEST' }

  test.each([
    ['multipart/form-data', { body: form }],
    ['urlencoded', { body: new URLSearchParams({ json: '{}' }) }],
    ['text/plain', { body, headers: { 'content-type': 'text/plain' } }],
    ['octet-stream', { body, headers: { 'content-type': 'application/octet-stream' } }],
    ['a longer name', { body, headers: { 'content-type': 'application/jsonp' } }],
    ['JSON as a parameter', { body, headers: { 'content-type': 'text/plain;application/json' } }],
    ['no type', { body: new TextEncoder().encode(body) }],
  ])('%s is refused and nothing runs', async (_name, call) => {
    expect(await outcomeOf('categories.create', { method: 'POST', ...call })).toEqual(refused)
  })

  test('JSON is taken in any case and with a charset', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    const { status } = await rawCall(server.url, 'categories.create', {
      method: 'POST',
      token,
      body: '{"json":{"name":"Taken"}}',
      headers,
    })
    expect(status).toBe(200)
  })
})

describe('a read is a GET, a write is a POST, and nothing else is anything', () => {
  const refused = { status: 405, code: 'METHOD_NOT_ALLOWED' }

  test('a write by GET does not run', async () => {
    expect(await outcomeOf('categories.create', { input: { name: 'By GET' } })).toEqual(refused)
  })

  test('a read by POST does not run', async () => {
    expect(await outcomeOf('categories.list', { method: 'POST', input: {} })).toEqual(refused)
  })

  test.each(['PUT', 'PATCH', 'DELETE'])('%s is refused', async (method) => {
    expect(await outcomeOf('categories.create', { method })).toEqual(refused)
  })

  test('HEAD is refused', async () => {
    const { status } = await outcomeOf('categories.list', { method: 'HEAD' })
    expect(status).toBe(405)
  })

  test('a method that a header claims is not believed', async () => {
    const headers = { 'x-http-method-override': 'POST' }
    expect(await outcomeOf('categories.create', { headers, input: { name: 'No' } })).toEqual(
      refused,
    )
  })
})

test('an address that names no procedure is 404, however it is written', async () => {
  for (const path of [
    'no.such',
    'categories',
    '__proto__',
    'constructor.name',
    'categories.list.x',
  ]) {
    expect({ path, ...(await outcomeOf(path, {})) }).toEqual({
      path,
      status: 404,
      code: 'UNKNOWN_PROCEDURE',
    })
  }
})

test('an address that cannot be decoded is the caller’s fault', async () => {
  for (const path of [
    '%E0%A4%A',
    '%',
    'categories.list?input=%E0%A4%A',
    'categories.list?batch=1&input=7',
  ]) {
    const { status } = await outcomeOf(path, {})
    expect({ path, status }).toMatchObject({
      status: expect.toSatisfy((it) => it >= 400 && it < 500),
    })
  }
})

describe('a field that the contract does not name is refused, and the row stays as it was', () => {
  const extras = ['role', 'id', 'createdAt', 'version', 'actorId', 'passwordHash', '__proto__']

  test('in every write', async () => {
    let refused = 0
    for (const [feature, procedures] of Object.entries(inputs)) {
      for (const [name, input] of Object.entries(procedures)) {
        for (const extra of extras.filter((key) => !Object.hasOwn(input, key))) {
          const path = `${feature}.${name}`
          const body = JSON.stringify({ json: input }).replace(
            '{"json":{',
            `{"json":{"${extra}":{"role":"admin"},`,
          )
          expect({ path, extra, ...(await postJson(path, body)) }).toEqual({
            path,
            extra,
            ...invalid,
          })
          refused += 1
        }
      }
    }
    expect(refused).toBeGreaterThan(100)
  })
})

describe('what superjson could be made to build is refused', () => {
  const withMeta = (name: unknown, meta: unknown) => JSON.stringify({ json: { name }, meta })
  const values = (name: unknown, tag: unknown) => withMeta(name, { values: { name: tag } })

  test.each([
    ['an unknown tag', values('x', ['nonsense'])],
    ['a class', values({ a: 1 }, [['class', 'User']])],
    ['a custom type', values('x', [['custom', 'Decimal']])],
    ['a symbol', values('x', [['symbol', 'x']])],
    ['a regular expression', values('/(a+)+$/', ['regexp'])],
    ['a broken regular expression', values('/(/', ['regexp'])],
    ['a huge number', values('9'.repeat(100_000), ['bigint'])],
    ['a number that is none', values('x', ['bigint'])],
    ['a date', values('2026-01-01', ['Date'])],
    ['a set', values([1, 2], ['set'])],
    ['a map', values([[1, 2]], ['map'])],
    ['a URL', values('https://a.example', ['URL'])],
    ['a broken URL', values('http://', ['URL'])],
    ['an error', values({ name: 'x', message: 'y' }, ['Error'])],
    ['bytes', values([1], [['typed-array', 'Uint8Array']])],
    ['bytes of no type', values([1], [['typed-array', 'Nothing']])],
    ['undefined', values(null, ['undefined'])],
    ['a path to a prototype', withMeta('x', { values: { '__proto__.polluted': ['undefined'] } })],
    ['a path to a constructor', withMeta('x', { values: { 'constructor.prototype': ['Date'] } })],
    [
      'an equality with a prototype',
      withMeta('x', { referentialEqualities: { name: ['__proto__.polluted'] } }),
    ],
  ])('%s', async (_what, body) => {
    expect(await postJson('categories.create', body)).toEqual(invalid)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('what names nothing changes nothing', async () => {
    const body = withMeta('Plain', { values: { 'a.b.c.d': ['Date'] }, other: 7 })
    const { result } = await rawCall(server.url, 'categories.create', {
      method: 'POST',
      token,
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(result).toMatchObject({ name: 'Plain' })
  })

  test('twenty thousand equal references are refused without much work', async () => {
    const paths = Array.from({ length: 20_000 }, (_, index) => `a${index}`)
    const body = withMeta('x', { referentialEqualities: { name: paths } })
    expect(await postJson('categories.create', body)).toEqual(invalid)
  })
})

describe('a body that is no input is the caller’s fault', () => {
  test.each([
    ['nothing', ''],
    ['half of something', '{"json":{"name"'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['no input', '{}'],
    [
      'a hundred thousand lists in each other',
      `{"json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ],
    [
      'twenty thousand objects in each other',
      `{"json":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    ],
    ['deep lists without their envelope', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s', async (_what, body) => {
    expect(await postJson('categories.create', body)).toEqual(invalid)
  })
})

describe('a quantity is a whole number of base units that JavaScript can hold', () => {
  const post = (quantity: string, tag?: string) => {
    const body = JSON.stringify({ json: inputs.movements.post }).replace(
      '"quantity":3',
      `"quantity":${quantity}`,
    )
    const meta = tag ? `,"meta":{"values":{"lines.0.quantity":["${tag}"]}}` : ''
    return postJson('movements.post', body.replace(/\}$/, `${meta}}`))
  }

  test.each([
    ['"NaN"', 'number'],
    ['"Infinity"', 'number'],
    ['"-Infinity"', 'number'],
    ['"-0"', 'number'],
    ['"3"', 'bigint'],
    ['1e400', undefined],
    ['-1e400', undefined],
    ['9007199254740993', undefined],
    ['0.30000000000000004', undefined],
    ['0', undefined],
    ['-0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['true', undefined],
    ['null', undefined],
    ['[3]', undefined],
    ['{}', undefined],
    ['""', undefined],
    ['"-1"', undefined],
    ['"1e3"', undefined],
    ['"0x10"', undefined],
    ['" 3"', undefined],
    ['"3,5"', undefined],
    ['"٣"', undefined],
    ['"NaN"', undefined],
    ['"3.1234567"', undefined],
  ])('%s %s is refused, and the book has no new line', async (quantity, tag) => {
    expect(await post(quantity, tag)).toEqual(invalid)
  })

  test.each(['0.5', '0', '0.0', '99999999999999.5'])(
    '"%s" base units are not a whole number of them',
    async (quantity) => {
      expect(await post(`"${quantity}"`)).toEqual({ status: 400, code: 'QUANTITY_NOT_WHOLE' })
    },
  )

  test('the same command with a whole number is posted', async () => {
    const { status } = await rawCall(server.url, 'movements.post', {
      method: 'POST',
      token,
      input: inputs.movements.post,
    })
    expect(status).toBe(200)
  })
})

test('the tests of this file could see a write', async () => {
  const before = await server.db.$count(categories)
  await server.admin.categories.create.mutate({ name: 'Seen' })
  expect(await server.db.$count(categories)).toBe(before + 1)
})
