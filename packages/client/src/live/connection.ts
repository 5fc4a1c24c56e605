import superjson from 'superjson'
import { withDeadline } from '../abort.ts'
import { connectionFailed, parsedOrUndefined, retryAfterMs, unexpectedAnswer } from '../answer.ts'
import { isStockbookError, StockbookError } from '../StockbookError.ts'
import { type ErrorShape, refused } from '../transport.ts'
import { type SseMessage, sseMessages } from './sse.ts'

/** A connection that says nothing for so long is taken for dead, unless the server names another time. */
const defaultSilenceMs = 30_000

export type ConnectionRequest = {
  /** Address of the server's `/rpc`. */
  endpoint: string
  path: string
  input: unknown
  /** Where to go on. `null`: as the input says. */
  lastEventId: string | null
  /** The header's value, or `null` to send none. */
  authorization: string | null
  /** Milliseconds within which the connection must stand. */
  timeoutMs: number
  signal: AbortSignal | undefined
}

/** One event of a subscription. */
export type LiveEvent = { id: string | null; data: unknown }

/**
 * The events that come over one connection.
 * @returns `true` when the server said that no more will come, `false` when it only ended the connection
 * @throws StockbookError
 */
export async function* connection(
  fetch: typeof globalThis.fetch,
  request: ConnectionRequest,
): AsyncGenerator<LiveEvent, boolean, undefined> {
  const { path, signal } = request
  const response = await open(fetch, request)
  let silenceMs = defaultSilenceMs
  const silent = () => failure(request, `said nothing for ${silenceMs} ms`)
  const messages = sseMessages(response.body!, { silenceMs: () => silenceMs, silent, signal })
  try {
    for await (const message of messages) {
      if (message.event === 'connected') silenceMs = silenceOf(message) ?? silenceMs
      else if (message.event === 'return') return true
      else if (message.event === 'serialized-error')
        throw refused(path, content<ErrorShape>(message))
      else if (message.event === 'message') yield { id: message.id, data: content(message) }
    }
    return false
  } catch (error) {
    if (isStockbookError(error) || signal?.aborted) throw error
    throw connectionFailed(new URL(request.endpoint).origin, error, true)
  }
}

async function open(fetch: typeof globalThis.fetch, request: ConnectionRequest): Promise<Response> {
  const { authorization, endpoint, signal, timeoutMs } = request
  const { origin } = new URL(endpoint)
  const headers = new Headers({ accept: 'text/event-stream' })
  if (authorization !== null) headers.set('authorization', authorization)
  const timedOut = () => failure(request, `made no connection within ${timeoutMs} ms`)
  let response: Response
  try {
    response = await withDeadline({ timeoutMs, signal, timedOut }, (deadline) =>
      fetch(urlOf(request), {
        headers,
        signal: deadline,
        redirect: 'manual',
        credentials: 'same-origin',
      }),
    )
  } catch (error) {
    if (isStockbookError(error) || signal?.aborted) throw error
    throw connectionFailed(origin, error, false)
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return response
  throw await refusedInstead(request, origin, response)
}

function urlOf({ endpoint, path, input, lastEventId }: ConnectionRequest): string {
  const query = new URLSearchParams({ input: JSON.stringify(superjson.serialize(input ?? {})) })
  if (lastEventId !== null) query.set('lastEventId', lastEventId)
  return `${endpoint}/${path}?${query}`
}

/** A proxy, or a server too old to know of subscriptions, answers with something else. */
async function refusedInstead(
  { path }: ConnectionRequest,
  origin: string,
  response: Response,
): Promise<StockbookError> {
  const text = await response.text().catch(() => '')
  const body = parsedOrUndefined(text) as { error?: Wire } | undefined
  if (body?.error === undefined) return unexpectedAnswer(origin, response, text)
  return refused(path, superjson.deserialize<ErrorShape>(body.error), {
    requestId: response.headers.get('x-request-id'),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  })
}

type Wire = Parameters<typeof superjson.deserialize>[0]

function content<Content>({ data }: SseMessage): Content {
  return superjson.deserialize<Content>(JSON.parse(data) as Wire)
}

function silenceOf({ data }: SseMessage): number | undefined {
  const { reconnectAfterInactivityMs } = JSON.parse(data) as { reconnectAfterInactivityMs?: number }
  return reconnectAfterInactivityMs
}

function failure({ path, endpoint }: ConnectionRequest, what: string): StockbookError {
  const { origin } = new URL(endpoint)
  return new StockbookError('CONNECTION_FAILED', {
    message: `The subscription to ${path} at ${origin} ${what}.`,
    path,
    retryable: true,
  })
}
