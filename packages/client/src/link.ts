import type { Credentials } from './credentials.ts'

/** What subscriptions and files need of the client that they are made from. */
export type Link = {
  /** Address of the server's `/rpc`. */
  endpoint: string
  fetch: typeof globalThis.fetch
  credentials: Credentials
  /** Milliseconds within which a connection must stand. */
  timeoutMs: number
}
