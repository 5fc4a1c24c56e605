import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Services } from '../context.ts'
import { appRouter } from '../router.ts'
import { answerText } from '../sharedAnswers.ts'
import { transformer } from '../transport.ts'
import { httpCall } from './call.ts'
import { createContext, isJson, logFailure, maxBodyBytesOf, retryAfter } from './procedureCall.ts'
import { readBody } from './readBody.ts'
import { operations } from './rest/operations.ts'

/** Queries by GET or mutations by POST, one or several in a batch, all of which there are. */
export type OrdinaryCalls = {
  kind: 'query' | 'mutation'
  procedures: readonly string[]
  isBatch: boolean
  /** As the address has it. Null: it has none, or the body has it. */
  input: string | null
}

const methodOf = new Map(operations.map(({ procedure, method }) => [procedure, method]))

/** Null: something about the request is out of the ordinary, and tRPC's own adapter knows what to say. */
export function ordinaryCalls(req: IncomingMessage): OrdinaryCalls | null {
  const { method, headers } = req
  const [, path, query = ''] = /^\/rpc\/([\w.,]+)(?:\?([!-"$-~]*))?$/.exec(req.url ?? '') ?? []
  if (!path || headers['trpc-accept'] || headers.accept?.includes('jsonl')) return null
  const isRead = method === 'GET'
  const hasJson = isJson(headers['content-type']) || (isRead && !headers['content-type'])
  if (!hasJson || !URL.canParse(`http://${headers.host ?? 'localhost'}`)) return null
  const parameters = new URLSearchParams(query)
  const isBatch = parameters.get('batch') === '1'
  const procedures = isBatch ? path.split(',') : [path]
  if (procedures.some((name) => methodOf.get(name) !== method)) return null
  if (parameters.has('connectionParams')) return null
  const input = isRead ? parameters.get('input') : null
  return { kind: isRead ? 'query' : 'mutation', procedures, isBatch, input }
}

/**
 * Answers as tRPC's own adapter would, which makes a web `Request` and a stream of each request: that
 * costs more than everything else that a call does.
 */
export function createOrdinaryAnswers(services: Services, proxies: number) {
  return async (
    { kind, procedures, isBatch, input }: OrdinaryCalls,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> => {
    const ctx = createContext(services, httpCall(req, res, proxies))
    // Read while the caller is looked up, as nearly all are who they say.
    const body = kind === 'mutation' ? readBody(req, maxBodyBytesOf(procedures.join())) : undefined
    let inputs: Promise<readonly unknown[]> | undefined
    const errors: TRPCError[] = []

    async function answer(path: string, index: number) {
      try {
        const data = await callTRPCProcedure({
          router: appRouter,
          path,
          type: kind,
          ctx,
          getRawInput: async () => {
            inputs ??= readInputs(body ? await body : input, isBatch ? procedures.length : null)
            return (await inputs)[index]
          },
          signal: undefined,
          batchIndex: index,
        })
        return { status: 200, text: answerText(data) }
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause)
        logFailure(services, error, path)
        errors.push(error)
        const { _config: config } = appRouter._def
        const shape = getTRPCErrorShape({ config, error, type: kind, path, input: undefined, ctx })
        const status = getHTTPStatusCodeFromError(error)
        return { status, text: JSON.stringify({ error: transformer.serialize(shape) }) }
      }
    }

    const answers = await Promise.all(procedures.map(answer))
    const texts = answers.map(({ text }) => text)
    const text = isBatch ? `[${texts.join()}]` : texts[0]!
    const [status = 200, ...others] = new Set(answers.map((one) => one.status))
    res.writeHead(others.length > 0 ? 207 : status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...answerHeaders(req, errors),
    })
    res.end(text)
  }
}

const utf8 = new TextDecoder()

/** @param batched how many calls the batch has; null when it is a single call and no batch */
async function readInputs(
  source: Buffer | string | null,
  batched: number | null,
): Promise<readonly unknown[]> {
  if (source === null || source === '') return []
  let value: unknown
  try {
    value = JSON.parse(typeof source === 'string' ? source : utf8.decode(source))
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
  if (batched === null) return [transformer.deserialize(value)]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TRPCError({ code: 'BAD_REQUEST' })
  }
  return Array.from({ length: batched }, (_none, index) => {
    const one = (value as Record<number, unknown>)[index]
    return one === undefined ? undefined : transformer.deserialize(one)
  })
}

/** What the answer of a call says beside its content. */
export function answerHeaders(req: IncomingMessage, errors: readonly TRPCError[]) {
  return {
    ...retryAfter(errors),
    vary: 'Origin',
    // Answered before the body was there: the rest of it is not waited for.
    ...(req.complete ? {} : { connection: 'close' }),
  }
}
