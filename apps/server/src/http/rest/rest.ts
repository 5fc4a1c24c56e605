import type { IncomingMessage, ServerResponse } from 'node:http'
import { callTRPCProcedure, TRPCError } from '@trpc/server'
import type { Services } from '../../context.ts'
import { appRouter } from '../../router.ts'
import { toTransportError } from '../../transport.ts'
import { httpCall } from '../call.ts'
import { createContext, isJson, logFailure } from '../procedureCall.ts'
import { type Operation, operations } from './operations.ts'
import { sendProblem } from './problem.ts'
import { readInput } from './readInput.ts'

const byPath = new Map(operations.map((operation) => [operation.path, operation]))

/**
 * Answers calls of procedures in plain JSON, for those who do not use the client. Every call goes
 * through the router, as one below `/rpc` does, with the same rules and roles.
 */
export function createRestHandler(services: Services, proxies: number) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    // An answer may hold what only this caller may see: nobody on the way may keep it.
    res.setHeader('cache-control', 'no-store')
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
    const operation = byPath.get(pathname)
    try {
      refuseMisdirected(operation, req, res)
      const answer: unknown = await callTRPCProcedure({
        router: appRouter,
        path: operation.procedure,
        type: operation.method === 'GET' ? 'query' : 'mutation',
        ctx: createContext(services, httpCall(req, res, proxies)),
        getRawInput: () => readInput(operation, req, res, searchParams),
        signal: undefined,
        batchIndex: 0,
      })
      const body = JSON.stringify(answer)
      res.setHeader('content-type', 'application/json')
      res.end(body)
    } catch (cause) {
      const error = toTransportError(cause)
      logFailure(services, error, operation?.procedure)
      sendProblem(res, error)
    }
  }
}

function refuseMisdirected(
  operation: Operation | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): asserts operation is Operation {
  if (!operation) throw new TRPCError({ code: 'NOT_FOUND' })
  if (req.method !== operation.method) {
    res.setHeader('allow', operation.method)
    throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED' })
  }
  if (req.method === 'POST' && !isJson(req.headers['content-type'])) {
    throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  }
}
