import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import { createStockbookClient, type StockbookError } from '../src/index.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server that answers each request as the next of these does, the last one again and again. */
async function startServer(answers: Answer[]) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]!
    requests.push(request)
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const wire = (value: unknown) => JSON.stringify(superjson.serialize(value))
const event = (position: number) => `data: ${wire({ position })}\nid: ${position}\n\n\n`
const failure = (code: string, httpStatus: number) =>
  `event: serialized-error\ndata: ${wire({
    message: code,
    data: { httpStatus, stockbook: { code, detail: {}, requestId: 'r' } },
  })}\n\n\n`

/** Says this, in pieces as given, and then ends the answer or leaves it open. */
const saying =
  (
    pieces: string[],
    { ends = false, silenceMs }: { ends?: boolean; silenceMs?: number } = {},
  ): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(
      `event: connected\ndata: ${JSON.stringify({ reconnectAfterInactivityMs: silenceMs })}\n\n\n`,
    )
    for (const piece of pieces) response.write(piece)
    if (ends) response.end()
  }

async function positions(url: string, count: number): Promise<number[]> {
  const client = createStockbookClient({ url, auth: { apiKey: 'key' } })
  const seen: number[] = []
  for await (const { position } of client.stock.changes.iterate({})) {
    seen.push(position)
    if (seen.length === count) break
  }
  return seen
}

const lastEventId = (request: IncomingMessage | undefined) =>
  new URL(request?.url ?? '', 'http://x').searchParams.get('lastEventId')

test('an event that comes in pieces is one event; one that never ends is none', async () => {
  const [one, two] = [event(1), event(2)] as const
  const pieces = [one.slice(0, 7), one.slice(7), two.slice(0, -5)]
  await using server = await startServer([saying(pieces, { ends: true }), saying([event(2)])])
  expect(await positions(server.url, 2)).toEqual([1, 2])
  expect(lastEventId(server.requests[1])).toBe('1')
})

test('a connection that falls silent is made anew', async () => {
  await using server = await startServer([
    saying([event(1)], { silenceMs: 50 }),
    saying([event(2)]),
  ])
  expect(await positions(server.url, 2)).toEqual([1, 2])
})

test('pings keep a connection, and are no events', async () => {
  const answer: Answer = (response, request) => {
    saying([event(1)], { silenceMs: 300 })(response, request)
    const pings = setInterval(() => response.write('event: ping\ndata: \n\n\n'), 20)
    setTimeout(() => response.write(event(2)), 600)
    response.on('close', () => clearInterval(pings))
  }
  await using server = await startServer([answer])
  expect(await positions(server.url, 2)).toEqual([1, 2])
  expect(server.requests).toHaveLength(1)
})

test.each([
  ['a proxy’s page', 502, 'text/html', '<h1>Bad gateway</h1>'],
  [
    'a refusal that may pass',
    503,
    'application/json',
    JSON.stringify({
      error: superjson.serialize({
        message: 'UNAVAILABLE',
        data: { httpStatus: 503, stockbook: { code: 'UNAVAILABLE', detail: {}, requestId: 'r' } },
      }),
    }),
  ],
])('%s is waited out', async (_name, status, type, body) => {
  const fault: Answer = (response) => response.writeHead(status, { 'content-type': type }).end(body)
  await using server = await startServer([fault, saying([event(1)])])
  expect(await positions(server.url, 1)).toEqual([1])
})

test.each([
  [
    'a page that is no Stockbook server',
    'UNEXPECTED_ANSWER',
    ((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>')) as Answer,
  ],
  ['a refusal', 'INVALID_INPUT', saying([failure('INVALID_INPUT', 400)])],
  ['a full house', 'TOO_MANY_SUBSCRIPTIONS', saying([failure('TOO_MANY_SUBSCRIPTIONS', 429)])],
  ['a refused key', 'SIGN_IN_REQUIRED', saying([failure('SIGN_IN_REQUIRED', 401)])],
])('%s ends the subscription with its code', async (_name, code, answer) => {
  await using server = await startServer([answer])
  await expect(positions(server.url, 1)).rejects.toMatchObject({ code, path: 'stock.changes' })
})

test('a house that is full only while an old connection is not missed yet is waited for', async () => {
  await using server = await startServer([
    saying([event(1)], { ends: true }),
    saying([failure('TOO_MANY_SUBSCRIPTIONS', 429)]),
    saying([event(2)]),
  ])
  expect(await positions(server.url, 2)).toEqual([1, 2])
})

test('handlers hear of connections, events and the end; after unsubscribing of nothing', async () => {
  await using server = await startServer([
    saying([event(1), event(2)], { ends: true }),
    saying([event(3), 'event: return\ndata: \n\n\n']),
  ])
  const client = createStockbookClient({ url: server.url, auth: { apiKey: 'key' } })
  const heard = await new Promise<string[]>((resolve) => {
    const told: string[] = []
    client.stock.changes.subscribe(
      {},
      {
        onConnected: () => told.push('connected'),
        onDisconnected: ({ code }) => told.push(code),
        onData: ({ position }) => told.push(String(position)),
        onComplete: () => resolve(told),
      },
    )
  })
  expect(heard).toEqual(['connected', '1', '2', 'CONNECTION_FAILED', 'connected', '3'])

  const silent: string[] = []
  const { unsubscribe } = client.stock.changes.subscribe(
    {},
    {
      onData: () => silent.push('data'),
      onError: ({ code }: StockbookError) => silent.push(code),
      onComplete: () => silent.push('complete'),
    },
  )
  unsubscribe()
  expect(await positions(server.url, 1)).toEqual([3])
  expect(silent).toEqual([])
})

test('a loop whose signal is aborted ends with ABORTED, also while it waits to connect again', async () => {
  await using server = await startServer([saying([event(1)]), (response) => response.destroy()])
  for (let round = 0; round < 4; round++) {
    const client = createStockbookClient({ url: server.url, auth: { apiKey: 'key' } })
    const controller = new AbortController()
    const events = client.stock.changes.iterate(
      {},
      { signal: controller.signal, onConnected: () => controller.abort() },
    )
    setTimeout(() => controller.abort(), round * 100)
    const read = async () => {
      for await (const _ of events);
    }
    await expect(read()).rejects.toMatchObject({ code: 'ABORTED' })
  }
})
