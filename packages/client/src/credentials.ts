import { isStockbookError, StockbookError } from './StockbookError.ts'

/** Where the `authorization` header of a request comes from. */
export type Credentials = {
  /** The header's value, or `null` to send none. May sign in first. */
  authorization(): Promise<string | null>
  /** Another value after the server has refused `refused`, or `null` when there is none. */
  renewed(refused: string | null): Promise<string | null>
  /** Told of every access token that a caller's own `auth.signIn` brings. */
  signedIn(accessToken: string): Promise<void>
}

/** A place where the application keeps its access token, such as the browser's session storage. */
export type TokenStore = {
  /** The token to send now, or `null` when nobody is signed in. Asked before every call. */
  get(): string | null | Promise<string | null>
  /** Called with the new token after `auth.signIn` through this client, which rejects with what this throws. */
  set?(token: string): void | Promise<void>
}

/** The part of the answer to `auth.signIn` that renewing needs. */
export type Session = { accessToken: string; expiresAt: Date }

/** A server slows sign-ins with a wrong password down: do not repeat one that was just refused. */
const refusalHoldsMs = 60_000

/** A token is renewed when less than this part of its life is left. */
const renewAtRemaining = 0.1

export function noCredentials(): Credentials {
  return { authorization: async () => null, renewed: async () => null, signedIn: async () => {} }
}

export function apiKeyCredentials(apiKey: string): Credentials {
  return { ...noCredentials(), authorization: async () => `ApiKey ${apiKey}` }
}

export function tokenCredentials(tokens: TokenStore): Credentials {
  const authorization = async () => {
    let token: string | null
    try {
      token = await tokens.get()
    } catch (cause) {
      throw new StockbookError('SIGN_IN_REQUIRED', {
        message: 'The token store failed to give its token.',
        cause,
      })
    }
    return token === null ? null : bearer(token)
  }
  return {
    authorization,
    renewed: async (refused) => {
      const current = await authorization()
      return current === refused ? null : current
    },
    signedIn: async (accessToken) => tokens.set?.(accessToken),
  }
}

/**
 * Signs in at the first call and again before the token expires, once for all calls that wait.
 * @param signIn asks the server for a session; its rejection reaches every waiting call
 */
export function passwordCredentials(signIn: () => Promise<Session>): Credentials {
  let current: { authorization: string; renewAt: number } | null = null
  let pending: Promise<string> | null = null
  let refusal: { error: unknown; until: number } | null = null

  async function renew(): Promise<string> {
    try {
      const { accessToken, expiresAt } = await signIn()
      const now = Date.now()
      const lifeMs = expiresAt.getTime() - now
      // A life that is already over says that this machine's clock is wrong: wait for a 401 instead.
      const renewAt = lifeMs > 0 ? now + lifeMs * (1 - renewAtRemaining) : Infinity
      current = { authorization: bearer(accessToken), renewAt }
      return current.authorization
    } catch (error) {
      if (isStockbookError(error, 'SIGN_IN_FAILED')) {
        refusal = { error, until: Date.now() + refusalHoldsMs }
      }
      throw error
    } finally {
      pending = null
    }
  }

  function renewedOnce(): Promise<string> {
    if (refusal !== null && Date.now() < refusal.until) return Promise.reject(refusal.error)
    pending ??= renew()
    return pending
  }

  return {
    ...noCredentials(),
    authorization: async () =>
      current !== null && Date.now() < current.renewAt ? current.authorization : renewedOnce(),
    renewed: async (refused) =>
      current !== null && current.authorization !== refused ? current.authorization : renewedOnce(),
  }
}

function bearer(token: string): string {
  return `Bearer ${token}`
}
