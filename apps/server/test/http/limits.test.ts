import { connect } from 'node:net'
import { categories, stockMovements } from '@stockbook/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = await signInFor(server.url, 'anton', testPassword)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const countOf = (table: typeof categories | typeof stockMovements) => server.db.$count(table)

/** A batch of writes, each of which would succeed. */
function postBatch(calls: number, prefix: string) {
  const inputs = Array.from({ length: calls }, (_, index) => ({
    json: { name: `${prefix} ${index}` },
  }))
  return fetch(`${server.url}/rpc/${inputs.map(() => 'categories.create').join(',')}?batch=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(Object.fromEntries(inputs.entries())),
  })
}

test('a batch of ten calls is answered; of eleven not one is carried out', async () => {
  const before = await countOf(categories)
  expect((await postBatch(10, 'ten')).status).toBe(200)
  expect(await countOf(categories)).toBe(before + 10)

  const refused = await postBatch(11, 'eleven')
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('TOO_MANY_CALLS')
  expect(await countOf(categories)).toBe(before + 10)
})

test('a batch of thousands of reads in one address is refused as well', async () => {
  const paths = Array.from({ length: 1500 }, () => 'auth.me').join(',')
  const answer = await rawCall(server.url, `${paths}?batch=1`, { token })
  expect(answer.status).toBe(400)
})

/** JSON of exactly this many bytes: spaces after it change nothing. */
const paddedTo = (bytes: number, input: unknown) => JSON.stringify({ json: input }).padEnd(bytes)

const asJson = { 'content-type': 'application/json' }

test('a body of 256 KiB is read; one byte more is refused, and nothing runs', async () => {
  const limit = 256 * 1024
  const post = (bytes: number, name: string) =>
    rawCall(server.url, 'categories.create', {
      method: 'POST',
      token,
      headers: asJson,
      body: paddedTo(bytes, { name }),
    })
  expect((await post(limit, 'just fits')).status).toBe(200)
  const before = await countOf(categories)
  const { status, failure } = await post(limit + 1, 'too large')
  expect({ status, code: failure?.code }).toEqual({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  expect(await countOf(categories)).toBe(before)
})

test('only a command may have 4 MiB, and not a byte more; nor may it in a batch', async () => {
  const { movements } = await mutationInputs(server)
  const post = (path: string, bytes: number) =>
    rawCall(server.url, path, {
      method: 'POST',
      token,
      headers: asJson,
      body: paddedTo(bytes, movements.post),
    })
  const before = await countOf(stockMovements)
  const limit = 4 * 1024 * 1024
  expect((await post('movements.post', limit + 1)).status).toBe(413)
  expect((await post('movements.reverse', limit)).status).toBe(413)
  expect((await post('movements%2Epost', limit)).status).toBe(413)
  expect((await post('movements.post,movements.post?batch=1', limit)).status).toBe(413)
  expect(await countOf(stockMovements)).toBe(before)
  expect((await post('movements.post', limit)).status).toBe(200)
  expect(await countOf(stockMovements)).toBe(before + 1)
})

test.each([
  ['a signed-in caller', () => token, 413],
  ['nobody', () => undefined, 401],
])(
  'a body without end from %s is answered and cut long before it is read',
  async (_who, bearer, expected) => {
    const { status, bytesSent } = await streamUntilCut(80 * 1024 * 1024, bearer())
    expect(status).toBe(expected)
    // What the two kernels keep between them is more than what the server reads.
    expect(bytesSent).toBeLessThan(20 * 1024 * 1024)
  },
)

/** Goes on sending after the answer, until all is sent or the server closes the connection. */
function streamUntilCut(bytes: number, bearer: string | undefined) {
  const { hostname, port } = new URL(server.url)
  const chunk = Buffer.alloc(64 * 1024, ' ')
  const socket = connect(Number(port), hostname)
  return new Promise<{ status: number; bytesSent: number }>((resolve) => {
    let answer = ''
    const sendMore = () => {
      while (socket.writable && socket.bytesWritten < bytes) {
        if (!socket.write(chunk)) {
          socket.once('drain', sendMore)
          return
        }
      }
      socket.end()
    }
    socket.on('data', (data) => {
      answer += data
    })
    // Being cut off is what this waits for.
    socket.on('error', () => {})
    socket.on('close', () => {
      resolve({ status: Number(answer.split(' ')[1]), bytesSent: socket.bytesWritten })
    })
    socket.write(
      [
        'POST /rpc/categories.create HTTP/1.1',
        `host: ${hostname}`,
        'content-type: application/json',
        `content-length: ${bytes}`,
        ...(bearer ? [`authorization: Bearer ${bearer}`] : []),
        '\r\n',
      ].join('\r\n'),
    )
    sendMore()
  })
}
