import {
  TRPCClientError,
  TRPCUntypedClient,
  httpBatchLink,
  httpLink,
  splitLink,
} from '@trpc/client'
import type { Operation } from '@trpc/client'
import superjson from 'superjson'
import { type Answer, fetchAnswer, mayPass } from './answer.ts'
import type { ApiRouter } from './apiRouter.ts'
import type { ErrorData } from './errors.ts'
import { refusalMessage } from './refusalMessage.ts'
import { StockbookError, withPath } from './StockbookError.ts'

/** One request for one procedure. `authorization` is the header's value, or `null` to send none. */
export type Request = {
  kind: 'query' | 'mutation'
  path: string
  input: unknown
  authorization: string | null
  signal: AbortSignal
}

/** The server refuses larger batches. */
const maxCallsPerBatch = 10

/** Proxies commonly refuse a request line of more than 8 KiB. */
const maxUrlLength = 8_000

/**
 * Carries single requests to the server. Reads of one tick share a GET; every write is a POST of its
 * own, so that a large command has the whole body limit and a refusal its own HTTP status.
 * @param endpoint address of the server's `/rpc`
 * @returns a function that rejects with a StockbookError only, or with the reason of its signal
 */
export function createTransport(
  endpoint: string,
  fetch: typeof globalThis.fetch,
): (request: Request) => Promise<unknown> {
  const wire = {
    url: endpoint,
    transformer: superjson,
    fetch: (url: unknown, init: unknown) => fetchAnswer(fetch, String(url), init as RequestInit),
  }
  const client = new TRPCUntypedClient<ApiRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'mutation',
        true: httpLink({ ...wire, headers: ({ op }) => headersOf(op) }),
        false: httpBatchLink({
          ...wire,
          maxItems: maxCallsPerBatch,
          maxURLLength: maxUrlLength,
          // The last to join carries the newest token.
          headers: ({ opList }) => headersOf(opList.at(-1) ?? opList[0]),
        }),
      }),
    ],
  })
  return async ({ kind, path, input, authorization, signal }) => {
    if (kind === 'query') refuseLongUrl(endpoint, path, input)
    try {
      return await client[kind](path, input, { signal, context: { authorization } })
    } catch (error) {
      throw stockbookError(error, path)
    }
  }
}

function headersOf(operation: Operation): Record<string, string> {
  const { authorization } = operation.context
  return typeof authorization === 'string' ? { authorization } : {}
}

function refuseLongUrl(endpoint: string, path: string, input: unknown): void {
  const query = encodeURIComponent(JSON.stringify({ 0: superjson.serialize(input) }))
  const { length } = `${endpoint}/${path}?batch=1&input=${query}`
  if (length <= maxUrlLength) return
  throw new StockbookError('PAYLOAD_TOO_LARGE', {
    message: `The input of ${path} makes an address of ${length} characters, and ${maxUrlLength} is the most. Ask in smaller parts.`,
    path,
    detail: { length, maxLength: maxUrlLength },
  })
}

function stockbookError(error: unknown, path: string): unknown {
  if (!(error instanceof TRPCClientError)) return error
  // Calls that travel together share one failed request, and each has an error of its own.
  if (error.cause instanceof StockbookError) return withPath(error.cause, path)
  const shape = { message: error.message, data: error.data as ErrorShape['data'] }
  return refused(path, shape, error.meta?.response as Answer | undefined, error)
}

/** A failure as the server sends it. */
export type ErrorShape = {
  message: string
  data?: { httpStatus?: number; stockbook?: ErrorData } | null | undefined
}

/** The error that a failure of the server becomes. */
export function refused(
  path: string,
  { message, data }: ErrorShape,
  answer?: Pick<Answer, 'requestId' | 'retryAfterMs'>,
  cause?: unknown,
): StockbookError {
  const facts = {
    path,
    requestId: data?.stockbook?.requestId ?? answer?.requestId ?? null,
    retryable: mayPass(data?.httpStatus ?? 0),
    retryAfterMs: answer?.retryAfterMs ?? null,
  }
  if (data?.stockbook !== undefined) {
    const { code, detail } = data.stockbook
    const told = refusalMessage(path, { code, detail }, message)
    return new StockbookError(code, { message: told, detail, ...facts })
  }
  return new StockbookError('UNEXPECTED_ANSWER', {
    message: `${path} was answered in a form that this client does not know: ${message}`,
    detail: { httpStatus: data?.httpStatus ?? null },
    cause,
    ...facts,
  })
}
