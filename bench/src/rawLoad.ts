import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'

export type Call = { path: string; input: Record<string, unknown> }

type Answer = { status: number; body: string }

/** Calls queries as plain HTTP, so that what is measured is the server and not the client. */
export function createRawCaller(serverUrl: string, token: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(serverUrl)
  const headers = { authorization: `Bearer ${token}` }

  function call({ path, input }: Call): Promise<Answer> {
    const wire = wireOf(input)
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent, hostname, port, path: `/rpc/${path}?input=${wire}`, headers },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () => {
            const body = Buffer.concat(chunks)
            resolve({ status: answer.statusCode ?? 0, body: body.toString() })
          })
        },
      )
      sent.on('error', reject)
      sent.end()
    })
  }

  async function callOrThrow(one: Call): Promise<Answer> {
    const answer = await call(one)
    if (answer.status !== 200) throw new Error(`${one.path}: ${answer.status} ${answer.body}`)
    return answer
  }

  return {
    call: callOrThrow,
    /** Bytes that one call takes on its way there and back, of a connection that is open already. */
    async bytesOf(one: Call): Promise<{ sent: number; received: number }> {
      const socket = await new Promise<Socket>((resolve, reject) => {
        const opened = connect(Number(port), hostname, () => resolve(opened))
        opened.once('error', reject)
      })
      try {
        const wire = wireOf(one.input)
        const head = `GET /rpc/${one.path}?input=${wire} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: ${headers.authorization}\r\nconnection: close\r\n\r\n`
        // Not `end`: a server takes a half-closed connection for a caller who went away.
        socket.write(head)
        let received = 0
        socket.on('data', (chunk) => {
          received += chunk.length
        })
        await once(socket, 'close')
        return { sent: socket.bytesWritten, received }
      } finally {
        socket.destroy()
      }
    },
    /** Calls from all connections for a while. Returns calls per second. */
    async ratePerSecond(next: () => Call, seconds: number): Promise<number> {
      const begun = performance.now()
      const until = begun + seconds * 1000
      let done = 0
      const caller = async () => {
        while (performance.now() < until) {
          await callOrThrow(next())
          done++
        }
      }
      await Promise.all(Array.from({ length: connections }, caller))
      return done / ((performance.now() - begun) / 1000)
    },
    close: () => agent.destroy(),
  }
}

/** As superjson writes it: what is a `Date` is told beside the JSON. */
function wireOf(input: Record<string, unknown>): string {
  const dates = Object.entries(input).filter(([, value]) => value instanceof Date)
  const values = Object.fromEntries(dates.map(([name]) => [name, ['Date']]))
  return encodeURIComponent(
    JSON.stringify({ json: input, ...(dates.length > 0 && { meta: { values } }) }),
  )
}
