import type { IncomingMessage, ServerResponse } from 'node:http'
import { getTRPCErrorShape, TRPCError, transformTRPCResponse } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Services } from '../context.ts'
import { StockError } from '../errors.ts'
import { appRouter } from '../router.ts'
import { toTransportError } from '../transport.ts'
import { httpCall } from './call.ts'
import { createContext, isJson, logFailure, maxBodyBytesOf, retryAfter } from './procedureCall.ts'

export const rpcPrefix = '/rpc/'

const maxCallsPerBatch = 10

/**
 * Answers calls of procedures. Stands before Express, which would take more time than the calls
 * themselves; so what other pages get from middleware is set here or by the caller.
 */
export function createRpcHandler(services: Services, proxies: number) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const path = new URL(req.url ?? '/', 'http://localhost').pathname.slice(rpcPrefix.length)
    // An answer may hold what only this caller may see: nobody on the way may keep it.
    res.setHeader('cache-control', 'no-store')
    if (req.method !== 'GET' && req.method !== 'POST') return refuseMethod(res)
    await nodeHTTPRequestHandler({
      req,
      res,
      path,
      router: appRouter,
      maxBatchSize: maxCallsPerBatch,
      maxBodySize: maxBodyBytesOf(path),
      createContext: async () => createContext(services, httpCall(req, res, proxies)),
      responseMeta: ({ errors }) => ({
        headers: {
          ...retryAfter(errors),
          // tRPC writes its own `vary` over the one that CORS needs.
          vary: 'Origin',
          // Answered before the body was there: the rest of it is not waited for.
          ...(req.complete ? {} : { connection: 'close' }),
        },
      }),
      middleware: (_req, _res, next) => next(refuseForm(req) ?? refuseBatch(path)),
      onError: ({ error, path: procedure }) => logFailure(services, error, procedure),
    })
  }
}

/** tRPC would answer HEAD with success, and other methods by what their body looks like. */
function refuseMethod(res: ServerResponse): void {
  const { _config: config } = appRouter._def
  const error = getTRPCErrorShape({
    config,
    error: new TRPCError({ code: 'METHOD_NOT_SUPPORTED' }),
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  })
  res.writeHead(405, { 'content-type': 'application/json', allow: 'GET, POST' })
  res.end(JSON.stringify(transformTRPCResponse(config, { error })))
}

function refuseForm({ method, headers }: IncomingMessage): TRPCError | undefined {
  if (method !== 'POST' || isJson(headers['content-type'])) return undefined
  return new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE' })
}

/** Each of these is slow on purpose, and counted: none may hide behind another. */
const neverInBatch = ['auth.signIn', 'auth.refresh', 'auth.changePassword']

function refuseBatch(path: string): TRPCError | undefined {
  const procedures = decoded(path).split(',')
  if (procedures.length === 1 || !procedures.some((name) => neverInBatch.includes(name))) {
    return undefined
  }
  return toTransportError(new StockError('TOO_MANY_CALLS'))
}

/** As tRPC reads it: a comma that is written as `%2C` parts calls as well. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
