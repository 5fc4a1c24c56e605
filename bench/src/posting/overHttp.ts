import { connect, type Socket } from 'node:net'
import type { Variant } from '../variant.ts'
import { type Load, type Posted, postFrom, shipment } from './commands.ts'
import { productId } from './warehouse.ts'

type Connection = Awaited<ReturnType<typeof openConnection>>

type Answer = { body: string; sentBytes: number; receivedBytes: number }

/**
 * One connection for many calls, with next to no work for the client: both share the machine, and
 * the server is what is measured.
 */
async function openConnection({ url, token }: Variant) {
  const { hostname, port, host } = new URL(url)
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(Number(port), hostname, () => resolve(opened))
    opened.once('error', reject)
  })
  socket.setNoDelay(true).setEncoding('utf8')
  let text = ''
  let waiting: { resolve(): void; reject(error: Error): void } | null = null
  socket.on('data', (chunk) => {
    text += chunk
    if (isWhole(text)) waiting?.resolve()
  })
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))

  async function send(head: string, body: string): Promise<Answer> {
    const before = { sent: socket.bytesWritten, received: socket.bytesRead }
    text = ''
    const answered = new Promise<void>((resolve, reject) => (waiting = { resolve, reject }))
    socket.write(`${head} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n${body}`)
    await answered
    if (!text.startsWith('HTTP/1.1 200 ')) throw new Error(text)
    return {
      body: bodyOf(text),
      sentBytes: socket.bytesWritten - before.sent,
      receivedBytes: socket.bytesRead - before.received,
    }
  }

  return {
    query: (path: string, input: object) =>
      send(`GET /rpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, '\r\n'),
    mutate(path: string, input: object) {
      const json = JSON.stringify({ json: input })
      const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}`
      return send(`POST /rpc/${path}`, `${headers}\r\n\r\n${json}`)
    },
    close: () => socket.destroy(),
  }
}

// JSON holds no line break that is not escaped: the last chunk cannot be mistaken for a part of it.
const lastChunk = '\r\n0\r\n\r\n'

function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd === -1) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd)) ?? []
  return length === undefined
    ? text.endsWith(lastChunk)
    : Buffer.byteLength(text) - headEnd - 4 >= Number(length)
}

/** The JSON of an answer, wherever chunks begin and end in it. */
function bodyOf(text: string): string {
  const [head, ...rest] = text.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (!/\r\ntransfer-encoding: chunked/i.test(head!)) return body
  return body
    .split('\r\n')
    .filter((_part, index) => index % 2 === 1)
    .join('')
}

async function withConnections<T>(
  variant: Variant,
  count: number,
  work: (connections: readonly Connection[]) => Promise<T>,
): Promise<T> {
  const connections = await Promise.all(
    Array.from({ length: count }, () => openConnection(variant)),
  )
  try {
    return await work(connections)
  } finally {
    for (const { close } of connections) close()
  }
}

/** `movements.post` over HTTP, each caller on a connection of its own. */
export const postOverHttp = (variant: Variant, load: Load): Promise<Posted> =>
  // Opened anew for each load: the server closes those that rest for some seconds.
  withConnections(variant, load.callers, (connections) =>
    postFrom(
      connections.map(({ mutate }) => async (command) => {
        const { body } = await mutate('movements.post', command)
        return JSON.parse(body).result.data.json
      }),
      load,
    ),
  )

/** Bytes that single calls take on their way there and back. */
export const bytesOfCalls = (variant: Variant) =>
  withConnections(variant, 1, async ([connection]) => ({
    'movements.post': await connection!.mutate('movements.post', shipment(1)),
    'products.get': await connection!.query('products.get', { id: productId(0) }),
    'movements.list of 50': await connection!.query('movements.list', { limit: 50 }),
    'products.list of 50': await connection!.query('products.list', { limit: 50 }),
  }))
