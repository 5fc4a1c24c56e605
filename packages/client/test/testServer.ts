import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { initTRPC, TRPCError, type TRPCRouterRecord } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import superjson from 'superjson'
import { ZodError } from 'zod'
import type { ProcedureContract } from '../src/contract/define.ts'
import { contract } from '../src/contract/index.ts'
import { type ErrorDetail, errorCatalogue, type ServerErrorCode } from '../src/errors.ts'

/** What one call of a procedure knows in a test. */
type Caller = {
  authorization: string | undefined
  cookie: string | undefined
  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void
}

/** Answers calls of one procedure. */
export type Handler = (input: never, caller: Caller) => unknown

/** One HTTP request as it arrived. */
type Seen = {
  method: string
  path: string
  url: string
  authorization: string | undefined
  body: string
}

/** Takes one HTTP exchange over. `work` does what the server would have done. */
export type Fault = (exchange: {
  request: IncomingMessage
  response: ServerResponse
  work: () => void
}) => void | Promise<void>

/** What a handler throws to refuse a call as a Stockbook server does. */
export class Refusal extends Error {
  readonly code: ServerErrorCode
  readonly detail: ErrorDetail

  constructor(code: ServerErrorCode, detail: ErrorDetail = {}) {
    super(errorCatalogue[code].message)
    this.code = code
    this.detail = detail
  }
}

/**
 * A server with the whole contract, its inputs checked, whose procedures do what the test says.
 * Every request takes the next fault from `faults`, if there is one.
 */
export async function startServer(handlers: Record<string, Handler>) {
  const seen: Seen[] = []
  const faults: Fault[] = []
  const handle = createHTTPHandler({
    router: routerOf(handlers),
    basePath: '/rpc/',
    maxBatchSize: 10,
    createContext: ({ req, res }) => {
      const requestId = randomUUID()
      res.setHeader('x-request-id', requestId)
      const { authorization, cookie } = req.headers
      return { authorization, cookie, requestId, setHeader: res.setHeader.bind(res) }
    },
  })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    const { method = '', url = '', headers } = request
    const entry: Seen = {
      method,
      url,
      path: url.split('?')[0] ?? '',
      authorization: headers.authorization,
      body: '',
    }
    request.on('end', () => {
      entry.body = Buffer.concat(chunks).toString()
    })
    seen.push(entry)
    const fault = faults.shift()
    const work = () => {
      // Work that a fault has put off finds the body read already.
      if (method === 'POST' && request.readableEnded) Object.assign(request, { body: entry.body })
      handle(request, response)
    }
    if (fault === undefined) work()
    else void fault({ request, response, work })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function routerOf(handlers: Record<string, Handler>) {
  const t = initTRPC.context<Caller & { requestId: string }>().create({
    transformer: superjson,
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = refusalOf(error)
      const stockbook = refusal && {
        code: refusal.code,
        detail: refusal.detail,
        requestId: ctx?.requestId ?? '',
      }
      return { ...shape, data: { ...shape.data, stockbook } }
    },
  })
  const record: Record<string, TRPCRouterRecord> = {}
  for (const [feature, procedures] of Object.entries(contract)) {
    const entries = Object.entries(procedures as Record<string, ProcedureContract>)
    record[feature] = Object.fromEntries(
      entries.map(([name, promise]) => {
        const resolve = async ({ ctx, input }: { ctx: Caller; input: unknown }) => {
          const handler = handlers[`${feature}.${name}`]
          if (handler === undefined) throw new Error(`The test gave no ${feature}.${name}`)
          try {
            return await handler(input as never, ctx)
          } catch (cause) {
            if (!(cause instanceof Refusal)) throw cause
            throw new TRPCError({ code: errorCatalogue[cause.code].transport, cause })
          }
        }
        const procedure = t.procedure.input(promise.input)
        return [
          name,
          promise.kind === 'mutation' ? procedure.mutation(resolve) : procedure.query(resolve),
        ]
      }),
    )
  }
  return t.router(record)
}

function refusalOf(error: TRPCError): Refusal | undefined {
  if (error.cause instanceof Refusal) return error.cause
  if (error.cause instanceof ZodError) {
    const issues = error.cause.issues.map(({ path, message }) => ({ path, message }))
    return new Refusal('INVALID_INPUT', { issues })
  }
  return undefined
}

/** Does the work, and drops the connection instead of answering. */
export const cutAfterWork: Fault = ({ request, response, work }) => {
  response.end = (() => request.socket.destroy()) as never
  work()
}

/** Begins an answer and drops the connection in its middle. */
export const cutInMidAnswer: Fault = ({ request, response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('[{"result":{"da', () => request.socket.destroy())
}

/** Does the work, and keeps the answer back until it is released. */
export function holdingAnswer() {
  const held = {
    release: () => {},
    fault: (({ response, work }) => {
      const end = response.end.bind(response) as (...args: unknown[]) => void
      response.end = ((...args: unknown[]) => {
        held.release = () => end(...args)
      }) as never
      work()
    }) as Fault,
  }
  return held
}

/** Never answers. */
export const silence: Fault = () => {}

/** Answers like something that is not a Stockbook server. */
export function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Fault {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
  }
}

/** A `products.list` page without items. */
export const emptyPage = { items: [], nextCursor: null }

/** A password sign-in that lasts for `lifeMs`, counting its calls. */
export function signInHandler(lifeMs = 3_600_000) {
  const handler = Object.assign(
    () => {
      handler.calls += 1
      return {
        accessToken: `token-${handler.calls}`,
        refreshToken: `refresh-${handler.calls}`,
        expiresAt: new Date(Date.now() + lifeMs),
        user: { role: 'operator' },
      }
    },
    { calls: 0 },
  )
  return handler
}
