import { orAborted, withDeadline } from './abort.ts'
import { isCommand, withCommandId } from './commands.ts'
import {
  apiKeyCredentials,
  type Credentials,
  noCredentials,
  passwordCredentials,
  type Session,
  type TokenStore,
  tokenCredentials,
} from './credentials.ts'
import { retrying } from './retry.ts'
import type { CallOptions, StockbookClient } from './StockbookClient.ts'
import { isStockbookError, StockbookError } from './StockbookError.ts'
import { createTransport, type Request } from './transport.ts'

/** How a client says who it is. */
export type StockbookAuth =
  /** Signs in by itself at the first call, and again when the token runs out. */
  | { username: string; password: string }
  /** For scripts and devices. Do not put one into a page that others can open. */
  | { apiKey: string }
  /** The application signs in (`auth.signIn`) and keeps the token. */
  | { tokens: TokenStore }

/** What a client is made from. */
export type StockbookClientOptions = {
  /** Address of the server, such as `https://localhost:8000`. `/rpc` is appended. */
  url: string
  /** Default: none, so only open procedures can be called. */
  auth?: StockbookAuth | undefined
  /** Sends the requests. Default: the platform's `fetch`. */
  fetch?: typeof globalThis.fetch | undefined
  /** Milliseconds after which one attempt is given up. More than 0. Default 30 000. */
  timeoutMs?: number | undefined
  /**
   * Further attempts after a lost connection, a timeout, or HTTP 408, 429, 502, 503 or 504, for reads
   * and for writes with a `commandId`. Other writes are sent once. Default 2; 0 turns them off.
   */
  maxRetries?: number | undefined
}

type Kind = Request['kind']

const kindOfVerb: Readonly<Record<string, Kind>> = { query: 'query', mutate: 'mutation' }

/**
 * Makes a client of a Stockbook server. Nothing is sent before the first call.
 * @throws TypeError when an option makes no sense
 */
export function createStockbookClient(options: StockbookClientOptions): StockbookClient {
  const { auth, timeoutMs = 30_000, maxRetries = 2 } = options
  refuseBadLimits(timeoutMs, maxRetries)
  const send = createTransport(
    endpointOf(options.url),
    options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  )

  function attempt(request: Omit<Request, 'signal'>, signal: AbortSignal | undefined) {
    const { kind, path, input } = request
    const timedOut = () =>
      new StockbookError('TIMED_OUT', {
        message:
          kind === 'query' || isCommand(path, input)
            ? `${path} got no answer within ${timeoutMs} ms.`
            : `${path} got no answer within ${timeoutMs} ms. It may have been done all the same: look before you repeat it.`,
        detail: { timeoutMs },
        retryable: true,
      })
    return withDeadline({ timeoutMs, signal, timedOut }, (deadline) =>
      send({ ...request, signal: deadline }),
    )
  }

  const credentials = credentialsFor(auth, (input) =>
    retrying({ maxRetries, signal: undefined }, () =>
      attempt({ kind: 'mutation', path: 'auth.signIn', input, authorization: null }, undefined),
    ),
  )

  async function callSignedIn(
    kind: Kind,
    path: string,
    input: unknown,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    let authorization = await orAborted(credentials.authorization(), signal)
    const repeats = kind === 'query' || isCommand(path, input) ? maxRetries : 0
    return retrying({ maxRetries: repeats, signal }, async () => {
      const request = { kind, path, input }
      try {
        return await attempt({ ...request, authorization }, signal)
      } catch (error) {
        if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) throw error
        const renewed = await orAborted(credentials.renewed(authorization), signal)
        if (renewed === null) throw error
        authorization = renewed
        return attempt({ ...request, authorization }, signal)
      }
    })
  }

  async function signIn(input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const request = { kind: 'mutation' as const, path: 'auth.signIn', input, authorization: null }
    const session = await attempt(request, signal)
    await credentials.signedIn((session as Session).accessToken)
    return session
  }

  async function call(kind: Kind, path: string, input: unknown, callOptions: CallOptions = {}) {
    const { signal } = callOptions
    try {
      signal?.throwIfAborted()
      return path === 'auth.signIn'
        ? await signIn(input, signal)
        : await callSignedIn(kind, path, withCommandId(path, input), signal)
    } catch (error) {
      if (!signal?.aborted) throw error
      throw new StockbookError('ABORTED', {
        message: `${path} was aborted by its caller.`,
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

  const client = proxyOf([], call, { as })
  return client as StockbookClient
}

/** Turns `client.products.list.query(input)` into `call('query', 'products.list', input)`. */
function proxyOf(
  path: readonly string[],
  call: (kind: Kind, path: string, input: unknown, options?: CallOptions) => Promise<unknown>,
  own: Readonly<Record<string, unknown>> = {},
): unknown {
  return new Proxy(own, {
    get(_target, key) {
      // Printing and comparing ask for symbols, which name no procedure.
      if (typeof key === 'symbol') return undefined
      if (Object.hasOwn(own, key)) return own[key]
      const kind = kindOfVerb[key]
      if (kind === undefined) return proxyOf([...path, key], call)
      return (input: unknown, options?: CallOptions) => call(kind, path.join('.'), input, options)
    },
  })
}

function credentialsFor(
  auth: StockbookAuth | undefined,
  signIn: (input: { username: string; password: string }) => Promise<unknown>,
): Credentials {
  if (auth === undefined) return noCredentials()
  if ('apiKey' in auth) return apiKeyCredentials(auth.apiKey)
  if ('tokens' in auth) return tokenCredentials(auth.tokens)
  const { username, password } = auth
  return passwordCredentials(() => signIn({ username, password }) as Promise<Session>)
}

function endpointOf(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new TypeError(
      `url must be the whole address of the server, such as https://localhost:8000, and not '${url}'.`,
    )
  }
  return `${url.replace(/\/+$/, '')}/rpc`
}

function refuseBadLimits(timeoutMs: number, maxRetries: number): void {
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new TypeError(
      `timeoutMs must be a number of milliseconds above 0, at most 24 days, and not ${timeoutMs}.`,
    )
  }
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError(`maxRetries must be a whole number, 0 or more, and not ${maxRetries}.`)
  }
}
