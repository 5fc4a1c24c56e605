import { afterAll, beforeAll, expect, test } from 'vitest'
import superjson from 'superjson'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { mutations } from '../../src/testing/procedures.ts'
import { type RawCall, rawCall } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let inputs: Record<string, Record<string, unknown>>
/** What a browser sends that is signed in on the server's own page, in every way there is. */
let headers: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  inputs = await mutationInputs(server)
  const ownPage = { origin: server.url, 'sec-fetch-site': 'same-origin' }
  const signedIn = await rawCall(server.url, 'auth.signIn', {
    method: 'POST',
    input: { username: 'anton', password: testPassword, keep: 'cookie' },
    headers: ownPage,
  })
  const { accessToken } = signedIn.result as { accessToken: string }
  const [cookie = ''] = signedIn.headers.getSetCookie()[0]?.split(';') ?? []
  headers = { ...ownPage, cookie, authorization: `Bearer ${accessToken}` }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** The same input as each type of body that a form or a script can send without being asked. */
function bodiesOf(input: unknown): Record<string, Pick<RawCall, 'body' | 'headers'>> {
  const json = JSON.stringify(superjson.serialize(input))
  const form = new FormData()
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries((input ?? {}) as Record<string, unknown>)) {
    form.set(name, String(value))
    fields.set(name, String(value))
  }
  const typed = (type: string) => ({ body: json, headers: { 'content-type': type } })
  return {
    'multipart/form-data': { body: form },
    urlencoded: { body: fields },
    'text/plain': typed('text/plain'),
    'octet-stream': typed('application/octet-stream'),
    xml: typed('text/xml'),
    'a longer name': typed('application/jsonp'),
    'JSON as a parameter': typed('text/plain; application/json'),
    'no type': { body: new TextEncoder().encode(json) },
  }
}

test.each(mutations)('$path runs for no type of body but JSON', async ({ path, feature, name }) => {
  const before = await databaseContents(server.db)
  for (const [type, call] of Object.entries(bodiesOf(inputs[feature]![name]))) {
    const { status, failure } = await rawCall(server.url, path, {
      method: 'POST',
      ...call,
      headers: { ...headers, ...call.headers },
    })
    expect({ type, status, code: failure?.code }).toEqual({
      type,
      status: 415,
      code: 'UNSUPPORTED_REQUEST',
    })
  }
  for (const method of ['GET', 'HEAD']) {
    const { status } = await rawCall(server.url, path, {
      method,
      input: inputs[feature]![name],
      headers,
    })
    expect({ method, status }).toEqual({ method, status: 405 })
  }
  expect(await databaseContents(server.db)).toEqual(before)
})

test('the same calls as JSON run', async () => {
  for (const path of ['categories.create', 'auth.signOut']) {
    const [feature, name] = path.split('.') as [string, string]
    const input = inputs[feature]![name]
    const { status } = await rawCall(server.url, path, { method: 'POST', input, headers })
    expect({ path, status }).toEqual({ path, status: 200 })
  }
})
