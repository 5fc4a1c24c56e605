import { orAborted, withDeadline } from './abort.ts'
import { isCommand, withCommandId } from './commands.ts'
import {
  apiKeyCredentials,
  type Credentials,
  noCredentials,
  type OpenSession,
  type SessionRequests,
} from './credentials.ts'
import {
  endpointOf,
  refuseBadLimits,
  type StockbookAuth,
  type StockbookClientOptions,
} from './options.ts'
import { streamsOf } from './lazily.ts'
import { type Kind, proxyOf } from './proxy.ts'
import { refusalHoldsMs } from './refusal.ts'
import { retrying } from './retry.ts'
import { cookieCredentials, passwordCredentials, storeCredentials } from './sessionCredentials.ts'
import type { CallOptions, StockbookClient } from './StockbookClient.ts'
import { isStockbookError, StockbookError, withPath } from './StockbookError.ts'
import { createTransport, type Request } from './transport.ts'

/**
 * For a few seconds (ten) the server gives a used refresh token's new pair again. So long all attempts
 * together may take: shorter ones, else the second would come too late after an answer that was lost.
 */
const refreshTimeoutMs = 4_000

/**
 * Makes a client of a Stockbook server. Nothing is sent before the first call.
 * @throws TypeError when an option makes no sense
 */
export function createStockbookClient(options: StockbookClientOptions): StockbookClient {
  const { auth, timeoutMs = 30_000, maxRetries = 2 } = options
  refuseBadLimits(timeoutMs, maxRetries)
  const endpoint = endpointOf(options.url)
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const send = createTransport(endpoint, fetch)

  function attempt(
    request: Omit<Request, 'signal'>,
    signal: AbortSignal | undefined,
    limitMs = timeoutMs,
  ) {
    const { path } = request
    const timedOut = () =>
      new StockbookError('TIMED_OUT', {
        message:
          `${path} got no answer within ${limitMs} ms.` +
          (isRepeatable(request) ? '' : ' It may have been done: look before you repeat it.'),
        path,
        detail: { timeoutMs: limitMs },
        retryable: true,
      })
    return withDeadline({ timeoutMs: limitMs, signal, timedOut }, (deadline) =>
      send({ ...request, signal: deadline }),
    )
  }

  function openSession(path: string, input: unknown, signal?: AbortSignal, limitMs?: number) {
    const request = { kind: 'mutation' as const, path, input, authorization: null }
    return attempt(request, signal, limitMs) as Promise<OpenSession>
  }

  const requests: SessionRequests = {
    signIn: (input, signal) => openSession('auth.signIn', input, signal),
    refresh: (token, signal) =>
      retrying({ maxRetries, signal }, async () => {
        const refreshToken = await token()
        const input = refreshToken === undefined ? {} : { refreshToken }
        return openSession('auth.refresh', input, signal, Math.min(timeoutMs, refreshTimeoutMs))
      }),
  }

  const credentials = credentialsFor(auth, requests, (input) =>
    retrying(
      { maxRetries, signal: undefined, unless: (error) => refusalHoldsMs(error) !== null },
      () => requests.signIn(input),
    ),
  )

  async function callSignedIn(
    kind: Kind,
    path: string,
    input: unknown,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const maxRepeats = isRepeatable({ kind, path, input }) ? maxRetries : 0
    const sendAs = (authorization: string | null) =>
      retrying({ maxRetries: maxRepeats, signal }, () =>
        attempt({ kind, path, input, authorization }, signal),
      )
    const authorization = await orAborted(credentials.authorization(null), signal)
    try {
      return await sendAs(authorization)
    } catch (error) {
      if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
      const renewed = await orAborted(credentials.authorization(authorization), signal)
      if (renewed === null) throw error
      // Refused means not done: a write may be sent again too.
      return sendAs(renewed)
    }
  }

  async function dispatch(
    kind: Kind,
    path: string,
    input: unknown,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    if (path === 'auth.signIn') return credentials.signIn(input, signal)
    if (path === 'auth.refresh') return credentials.refresh(input, signal)
    const result = await callSignedIn(kind, path, withCommandId(path, input), signal)
    if (path === 'auth.signOut' || path === 'auth.signOutEverywhere') await credentials.forget()
    return result
  }

  async function call(kind: Kind, path: string, input: unknown, callOptions: CallOptions = {}) {
    const { signal } = callOptions
    try {
      signal?.throwIfAborted()
      return await dispatch(kind, path, input, signal)
    } catch (error) {
      if (!signal?.aborted) throw isStockbookError(error) ? withPath(error, path) : error
      throw new StockbookError('ABORTED', {
        message: `${path} was aborted by its caller.`,
        path,
        cause: signal.reason,
      })
    }
  }

  async function as(_role: 'admin', callOptions?: CallOptions) {
    const me = (await call('query', 'auth.me', undefined, callOptions)) as { role: string }
    if (me.role === 'admin') return client
    throw new StockbookError('ADMIN_REQUIRED', {
      message: 'Only an administrator may do this. Sign in as one.',
      detail: { role: me.role },
    })
  }

  const streams = streamsOf({ endpoint, fetch, credentials, timeoutMs })
  const client = proxyOf([], call, streams, { as })
  return client as StockbookClient
}

function credentialsFor(
  auth: StockbookAuth | undefined,
  requests: SessionRequests,
  signIn: (input: { username: string; password: string }) => Promise<OpenSession>,
): Credentials {
  if (auth === undefined) return noCredentials(requests)
  if ('apiKey' in auth) return apiKeyCredentials(auth, requests)
  if ('store' in auth) return storeCredentials(requests, auth.store)
  if ('cookie' in auth) return cookieCredentials(requests)
  const { username, password } = auth
  return passwordCredentials(requests, () => signIn({ username, password }))
}

/** Whether the same request may be sent again when it is not known what became of it. */
function isRepeatable({ kind, path, input }: Pick<Request, 'kind' | 'path' | 'input'>): boolean {
  return kind === 'query' || path === 'auth.refresh' || isCommand(path, input)
}
