import type { z } from 'zod'
import type { Contract } from './contract/index.ts'

/** What the server answers to `auth.signIn` and `auth.refresh`. */
export type OpenSession = z.output<Contract['auth']['signIn']['output']>

/** The two requests that open a session. Both are sent without an `authorization` header. */
export type SessionRequests = {
  /** Sent once: whether to try a password again is for the caller to say. */
  signIn(input: unknown, signal?: AbortSignal): Promise<OpenSession>
  /**
   * Repeated after a lost connection.
   * @param token asked for before every attempt: another tab may have used the last one up meanwhile.
   * `undefined` leaves it to the browser's cookie
   */
  refresh(token: () => Promise<string | undefined>, signal?: AbortSignal): Promise<OpenSession>
}

/** Where the `authorization` header of a request comes from. */
export type Credentials = {
  /**
   * The header's value, or `null` to send none. May open or renew a session first.
   * @param refused the value that the server has just refused, which will not be given again
   */
  authorization(refused: string | null): Promise<string | null>
  /** Does a caller's own `auth.signIn`. */
  signIn(input: unknown, signal: AbortSignal | undefined): Promise<OpenSession>
  /** Does a caller's own `auth.refresh`. */
  refresh(input: unknown, signal: AbortSignal | undefined): Promise<OpenSession>
  /** Told when the caller has signed out. */
  forget(): Promise<void>
}

/** Sends no header. What the caller's own sign-in brings is the caller's. */
export function noCredentials(requests: SessionRequests): Credentials {
  return {
    authorization: async () => null,
    signIn: requests.signIn,
    refresh: (input, signal) => requests.refresh(async () => givenToken(input), signal),
    forget: async () => {},
  }
}

/** @throws TypeError in a browser's page, unless it is allowed there */
export function apiKeyCredentials(
  { apiKey, allowInBrowser = false }: { apiKey: string; allowInBrowser?: boolean | undefined },
  requests: SessionRequests,
): Credentials {
  if (!allowInBrowser && 'document' in globalThis) {
    throw new TypeError(
      'Everybody who opens a page can read its API key. Let people sign in, with ' +
        'auth: { cookie: true }, or set allowInBrowser: true if nobody else can open it.',
    )
  }
  const authorization = `ApiKey ${apiKey}`
  return {
    ...noCredentials(requests),
    authorization: async (refused) => (refused === authorization ? null : authorization),
  }
}

/** The refresh token that a caller of `auth.refresh` names itself. */
export function givenToken(input: unknown): string | undefined {
  return (input as { refreshToken?: string } | null | undefined)?.refreshToken
}
