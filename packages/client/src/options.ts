import type { SessionStore } from './sessionStore.ts'

/** How a client says who it is. */
export type StockbookAuth =
  /** For scripts. Signs in by itself at the first call, and keeps the session in memory. */
  | { username: string; password: string }
  /** For applications with a sign-in form (`auth.signIn`) that keep the session themselves. */
  | { store: SessionStore }
  /**
   * For pages of the server itself, with a sign-in form (`auth.signIn`). The browser keeps the session
   * in a cookie that no script can read, so it outlives the page, and nothing is in its storage.
   */
  | { cookie: true }
  /**
   * For scripts and devices. Refused in a browser's page, where everybody who opens it can read the
   * key, unless `allowInBrowser` is `true`. Default `false`.
   */
  | { apiKey: string; allowInBrowser?: boolean | undefined }

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

/**
 * The address that the procedures stand under.
 * @throws TypeError when `url` is no whole address
 */
export function endpointOf(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new TypeError(
      `url must be the whole address of the server, such as https://localhost:8000, and not '${url}'.`,
    )
  }
  return `${url.replace(/\/+$/, '')}/rpc`
}

/** @throws TypeError */
export function refuseBadLimits(timeoutMs: number, maxRetries: number): void {
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new TypeError(
      `timeoutMs must be a number of milliseconds above 0, at most 24 days, and not ${timeoutMs}.`,
    )
  }
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError(`maxRetries must be a whole number, 0 or more, and not ${maxRetries}.`)
  }
}
