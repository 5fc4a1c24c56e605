import { StockbookError } from './StockbookError.ts'
import { wrongScheme } from './wrongScheme.ts'

const passingStatuses = new Set([408, 429, 502, 503, 504])

/** Whether the HTTP status says that the same request may succeed later. */
export function mayPass(httpStatus: number): boolean {
  return passingStatuses.has(httpStatus)
}

/** A Stockbook server's answer: read to its end and known to be in tRPC's form. */
export type Answer = {
  ok: boolean
  requestId: string | null
  retryAfterMs: number | null
  json(): Promise<unknown>
}

/**
 * Sends one request and reads its answer to the end.
 * @throws StockbookError `CONNECTION_FAILED` when it cannot be sent or the answer breaks off,
 * `UNEXPECTED_ANSWER` when the answer is not in tRPC's form
 */
export async function fetchAnswer(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const { origin } = new URL(url)
  let response: Response | undefined
  let text: string
  try {
    // A followed redirect would turn a POST into a GET, and the command into nothing. Cookies are for
    // the pages of the server alone.
    response = await fetch(url, { ...init, redirect: 'manual', credentials: 'same-origin' })
    text = await response.text()
  } catch (error) {
    throw connectionFailed(origin, error, response !== undefined)
  }
  const body = parsedOrUndefined(text)
  if (!isTrpcAnswer(body)) throw unexpectedAnswer(origin, response, text)
  return {
    ok: response.ok,
    requestId: response.headers.get('x-request-id'),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
    json: async () => body,
  }
}

/** Reads a Retry-After header, in seconds or as a date. `null` when it is missing or makes no sense. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** The value of a JSON text, or undefined when it is none. */
export function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTrpcAnswer(body: unknown): boolean {
  if (Array.isArray(body)) return body.length > 0 && body.every(isTrpcAnswer)
  return typeof body === 'object' && body !== null && ('result' in body || 'error' in body)
}

const untrustedCertificate = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

/** @param hasBegun whether some of the answer had arrived */
export function connectionFailed(
  origin: string,
  error: unknown,
  hasBegun: boolean,
): StockbookError {
  const reason = innermost(error)
  const code = typeof reason.code === 'string' ? reason.code : null
  if (code !== null && untrustedCertificate.test(code)) {
    return new StockbookError('CONNECTION_FAILED', {
      message:
        `The certificate of ${origin} is not trusted (${code}). For a self-signed one, start Node ` +
        'with NODE_EXTRA_CA_CERTS set to the path of the certificate.',
      detail: { reason: code },
      cause: error,
    })
  }
  const what = code ?? reason.message
  const scheme = hasBegun ? null : wrongScheme(origin, what)
  const advice = [
    ...(scheme?.isCertain ? [] : ['Is the server running and reachable?']),
    ...(scheme === null ? [] : [scheme.hint]),
  ]
  return new StockbookError('CONNECTION_FAILED', {
    message: `The connection to ${origin} failed (${what}). ${advice.join(' ')}`,
    detail: { reason: what },
    retryable: !scheme?.isCertain,
    cause: error,
  })
}

/** Node hides the reason of a failed fetch in its cause, and in an AggregateError for several addresses. */
function innermost(error: unknown): { message: string; code?: unknown } {
  if (!(error instanceof Error)) return { message: String(error) }
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  return error.cause instanceof Error ? innermost(error.cause) : error
}

/** What answered is no Stockbook server. */
export function unexpectedAnswer(origin: string, response: Response, text: string): StockbookError {
  const contentType = response.headers.get('content-type')
  const location = response.headers.get('location')
  const what =
    location !== null || response.type === 'opaqueredirect'
      ? `a redirect${location === null ? '' : ` to ${location}`}`
      : text.trim() === ''
        ? 'an empty body'
        : `a body that is not Stockbook's (${contentType ?? 'no content type'})`
  return new StockbookError('UNEXPECTED_ANSWER', {
    message:
      `${origin} answered with HTTP ${response.status} and ${what}. ` +
      'Does `url` name a Stockbook server, and what stands between?',
    detail: { httpStatus: response.status, contentType },
    requestId: response.headers.get('x-request-id'),
    retryable: mayPass(response.status),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  })
}
