import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import superjson from 'superjson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../src/http/rest/operations.ts'
import { type LogLine, LogLines } from '../../src/testing/logLines.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let admin: string
let operator: string
let inputs: Awaited<ReturnType<typeof mutationInputs>>
const log = new LogLines()
const agent = new Agent({ keepAlive: true, maxSockets: 4 })

beforeAll(async () => {
  server = await startTestServer(log)
  admin = await signInFor(server.url, 'anton', testPassword)
  operator = await signInFor(server.url, 'olga', testPassword)
  inputs = await mutationInputs(server)
})

afterAll(async () => {
  agent.destroy()
  await server[Symbol.asyncDispose]()
})

type Sent = {
  path: string
  method: string
  token?: string | undefined
  body?: string
  headers?: Record<string, string>
}

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: string }

const json = { 'content-type': 'application/json' }

function send({ path, method, token, body, headers }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}/rpc/${path}`,
      {
        agent,
        method,
        headers: {
          // Both passages name it in what they say of a failure.
          'x-request-id': 'the-same',
          ...(token && { authorization: `Bearer ${token}` }),
          ...(method === 'POST' && json),
          ...headers,
        },
      },
      (res) => {
        let text = ''
        res.setEncoding('utf8')
        res.on('data', (chunk) => {
          text += chunk
        })
        res.on('error', reject)
        res.on('end', () => {
          // How the end of an answer is told is the one thing in which they differ.
          const {
            date: _,
            'content-length': _length,
            'transfer-encoding': _end,
            ...others
          } = res.headers
          resolve({ status: res.statusCode, headers: others, body: text })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Parameters that tRPC reads and no procedure does: a request with them is tRPC's own adapter's. */
const extraordinary = 'connectionParams=%7B%7D'

/** Sends a request by either passage, and proves that nobody could tell which of them answered. */
async function sendBothWays(sent: Sent): Promise<Answer> {
  const ordinary = await send(sent)
  const path = `${sent.path}${sent.path.includes('?') ? '&' : '?'}${extraordinary}`
  expect({ sent, ...(await send({ ...sent, path })) }).toEqual({ sent, ...ordinary })
  return ordinary
}

const withInput = (path: string, method: string, input: string) =>
  method === 'GET'
    ? { path: `${path}?input=${encodeURIComponent(input)}`, method }
    : { path, method, body: input }

describe('an ordinary call is answered byte for byte as tRPC’s own adapter answers it', () => {
  test.each([
    ['from nobody', () => undefined, '{"json":{}}'],
    ['with a forged token', () => 'a.b.c', '{"json":{}}'],
    ['from an operator, with a field that is not of it', () => operator, '{"json":{"zz":1}}'],
    ['from an administrator, with a number for an input', () => admin, '{"json":7}'],
    ['from an administrator, with half an input', () => admin, '{"json":{'],
  ])('%s, every procedure', async (_who, token, input) => {
    for (const { procedure, method } of operations) {
      const sent = { ...withInput(procedure, method, input), token: token() }
      expect((await sendBothWays(sent)).status).toBeGreaterThanOrEqual(400)
    }
  })

  test.each(['{"json":{}}', '{}', '', '[7]'])('every read, with %s for an input', async (input) => {
    const answered: string[] = []
    for (const { procedure, method } of operations.filter((one) => one.method === 'GET')) {
      const sent = { ...withInput(procedure, method, input), token: admin }
      if ((await sendBothWays(sent)).status === 200) answered.push(procedure)
    }
    const some =
      input === '{"json":{}}' ? ['products.list', 'stock.levels', 'auth.me'] : ['auth.me']
    expect(answered).toEqual(expect.arrayContaining(some))
  })

  test('a write that is sent again', async () => {
    const body = JSON.stringify(superjson.serialize(inputs.movements.post))
    const sent = { path: 'movements.post', method: 'POST', token: admin, body }
    expect((await send(sent)).status).toBe(200)
    const { status, body: again } = await sendBothWays(sent)
    expect(status).toBe(200)
    expect(again).toContain('"replayed":true')
  })

  test('a refusal with facts, and letters of other scripts', async () => {
    const { id } = await server.admin.categories.create.mutate({ name: 'Чай' })
    const body = JSON.stringify({ json: { name: 'Чай' } })
    const refused = await sendBothWays({
      path: 'categories.create',
      method: 'POST',
      token: admin,
      body,
    })
    expect(refused.status).toBe(409)
    const input = JSON.stringify({ json: { id } })
    const found = await sendBothWays({ ...withInput('categories.get', 'GET', input), token: admin })
    expect(found.body).toContain('Чай')
  })

  test.each([
    ['of reads', 'auth.me,products.list?batch=1&input=', 'GET', '{"1":{"json":{"limit":1}}}', 200],
    ['of which one fails', 'auth.me,products.get?batch=1&input=', 'GET', '{}', 207],
    ['of one call', 'auth.me?batch=1', 'GET', '', 200],
    ['whose inputs are a list', 'products.list,auth.me?batch=1&input=', 'GET', '[]', 400],
    ['whose inputs are nothing', 'products.list?batch=1&input=', 'GET', 'null', 400],
    ['of writes', 'categories.create,categories.create?batch=1', 'POST', '{"0":{"json":{}}}', 400],
    ['with one that is slow on purpose', 'auth.signIn,auth.signOut?batch=1', 'POST', '{}', 400],
    ['of eleven', `${'auth.me,'.repeat(10)}auth.me?batch=1`, 'GET', '', 400],
    ['of a read and a write', 'auth.me,categories.create?batch=1', 'GET', '', 400],
  ])('a batch %s', async (_what, path, method, input, status) => {
    const sent =
      method === 'GET'
        ? { path: path + encodeURIComponent(input), method }
        : { path, method, body: input }
    expect((await sendBothWays({ ...sent, token: admin })).status).toBe(status)
  })

  test.each([
    ['too large', { path: 'categories.create', body: ' '.repeat(256 * 1024 + 1) }, 413],
    ['without a type', { path: 'categories.create', headers: { 'content-type': '' } }, 415],
    ['of a form', { path: 'categories.create', headers: { 'content-type': 'text/plain' } }, 415],
    ['to read', { path: 'categories.list' }, 405],
    ['to nothing', { path: 'no.such' }, 404],
    ['with a mark of its order', { path: 'categories.create', body: '\ufeff{"json":{}}' }, 400],
  ])('a body %s', async (_what, sent, status) => {
    const answer = await sendBothWays({
      body: '{"json":{}}',
      method: 'POST',
      token: admin,
      ...sent,
    })
    expect(answer.status).toBe(status)
  })
})

test('a caller who goes before the end of the body is no failure of the server', async () => {
  const { hostname, port } = new URL(server.url)
  const lines = [
    'POST /rpc/categories.create HTTP/1.1',
    `host: ${hostname}`,
    `authorization: Bearer ${admin}`,
    'content-type: application/json',
    'content-length: 100',
    '\r\n{"json":',
  ]
  const before = log.texts.length
  const socket = connect(Number(port), hostname, () => {
    socket.write(lines.join('\r\n'), () => setTimeout(() => socket.destroy(), 50))
  })
  const told = () => log.texts.slice(before).map((text) => JSON.parse(text) as LogLine)
  await expect.poll(() => told().length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(told().filter(({ level }) => level >= 50)).toEqual([])
  expect((await send({ path: 'auth.me', method: 'GET', token: admin })).status).toBe(200)
})
