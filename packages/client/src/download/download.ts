import { orAborted, withDeadline } from '../abort.ts'
import { connectionFailed, parsedOrUndefined, retryAfterMs, unexpectedAnswer } from '../answer.ts'
import type { ErrorData } from '../errors.ts'
import type { Link } from '../link.ts'
import { isStockbookError, StockbookError } from '../StockbookError.ts'
import { refused } from '../transport.ts'

/** Who may give a download up. */
export type FileOptions = {
  /** Gives it up, also while the file is read. */
  signal?: AbortSignal | undefined
}

type File = {
  /** The procedure that the file is of. */
  path: string
  /** Where it is, from the root of the server. */
  address: string
  /** What it may be; anything else was not sent by a Stockbook server. */
  mediaType: RegExp
}

/**
 * Asks for a file. The answer is there as soon as the server has begun: read it with `text()`, `blob()`,
 * or part by part with `body`.
 * @throws StockbookError
 */
export async function download(
  { endpoint, fetch, credentials, timeoutMs }: Link,
  { path, address, mediaType }: File,
  { signal }: FileOptions,
): Promise<Response> {
  const { origin } = new URL(endpoint)

  async function ask(authorization: string | null): Promise<Response> {
    const timedOut = () =>
      new StockbookError('TIMED_OUT', {
        message: `${path} got no answer within ${timeoutMs} ms.`,
        path,
        detail: { timeoutMs },
        retryable: true,
      })
    try {
      return await withDeadline({ timeoutMs, signal, timedOut }, () =>
        fetch(`${endpoint.replace(/\/rpc$/, '')}${address}`, {
          headers: new Headers(authorization === null ? {} : { authorization }),
          redirect: 'manual',
          credentials: 'same-origin',
          ...(signal && { signal }),
        }),
      )
    } catch (error) {
      if (signal?.aborted) {
        const message = `${path} was aborted by its caller.`
        throw new StockbookError('ABORTED', { message, path, cause: error })
      }
      throw isStockbookError(error) ? error : connectionFailed(origin, error, false)
    }
  }

  const authorization = await orAborted(credentials.authorization(null), signal)
  let response = await ask(authorization)
  if (response.status === 401 && authorization !== null) {
    const renewed = await orAborted(credentials.authorization(authorization), signal)
    if (renewed !== null) response = await ask(renewed)
  }
  if (response.ok && mediaType.test(response.headers.get('content-type') ?? '')) return response
  const text = await response.text()
  const { error } = (parsedOrUndefined(text) ?? {}) as { error?: ErrorData & { message: string } }
  if (error === undefined) throw unexpectedAnswer(origin, response, text)
  const shape = {
    message: error.message,
    data: { httpStatus: response.status, stockbook: error },
  }
  throw refused(path, shape, {
    requestId: error.requestId,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
  })
}
