import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export type ListenOptions = {
  /** Default: every address of this machine. */
  host?: string | undefined
  /** 0: any free one. */
  port: number
  /** Absent: plain HTTP. */
  tls?: { key: string; cert: string } | undefined
}

/** How long open requests may take to end when the server stops. */
const drainMs = 10_000

/** Starts to answer. */
export async function listen(listener: RequestListener, { host, port, tls }: ListenOptions) {
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener)
  server.headersTimeout = 15_000
  server.requestTimeout = 60_000
  let closing = false
  server.on('request', (_req, res) => {
    // Its client may keep the connection for a next request: there is none any more.
    res.once('close', () => closing && server.closeIdleConnections())
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** Takes no more connections, lets open requests end, then closes what is still open. */
    async close(): Promise<void> {
      closing = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), drainMs)
      await closed
      clearTimeout(timer)
    },
  }
}
