import type { IncomingMessage, ServerResponse } from 'node:http'
import { getTRPCErrorShape, TRPCError, transformTRPCResponse } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Services } from '../context.ts'
import { StockError } from '../errors.ts'
import { appRouter } from '../router.ts'
import { toTransportError } from '../transport.ts'
import { httpCall } from './call.ts'
import { answerHeaders, createOrdinaryAnswers, ordinaryCalls } from './ordinaryCalls.ts'
import { createContext, isJson, logFailure, maxBodyBytesOf } from './procedureCall.ts'

export const rpcPrefix = '/rpc/'

const maxCallsPerBatch = 10

/**
 * Answers calls of procedures. Stands before Express, which would take more time than the calls
 * themselves; so what other pages get from middleware is set here or by the caller.
 */
export function createRpcHandler(services: Services, proxies: number) {
  const answerOrdinary = createOrdinaryAnswers(services, proxies)
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    // An answer may hold what only this caller may see: nobody on the way may keep it.
    res.setHeader('cache-control', 'no-store')
    const calls = ordinaryCalls(req)
    if (calls && !isRefusedBatch(calls.procedures)) return answerOrdinary(calls, req, res)
    const path = new URL(req.url ?? '/', 'http://localhost').pathname.slice(rpcPrefix.length)
    if (req.method !== 'GET' && req.method !== 'POST') return refuseMethod(res)
    await nodeHTTPRequestHandler({
      req,
      res,
      path,
      router: appRouter,
      maxBatchSize: maxCallsPerBatch,
      maxBodySize: maxBodyBytesOf(path),
      createContext: async () => createContext(services, httpCall(req, res, proxies)),
      // tRPC writes its own `vary` over the one that CORS needs.
      responseMeta: ({ errors }) => ({ headers: answerHeaders(req, errors) }),
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
const neverInBatch = [
  'auth.signIn',
  'auth.refresh',
  'auth.changePassword',
  'secondFactor.begin',
  'secondFactor.remove',
]

function refuseBatch(path: string): TRPCError | undefined {
  if (!isRefusedBatch(decoded(path).split(','))) return undefined
  return toTransportError(new StockError('TOO_MANY_CALLS'))
}

function isRefusedBatch(procedures: readonly string[]): boolean {
  const tooMany = procedures.length > maxCallsPerBatch
  return (
    tooMany || (procedures.length > 1 && procedures.some((name) => neverInBatch.includes(name)))
  )
}

/** As tRPC reads it: a comma that is written as `%2C` parts calls as well. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
