import { StockbookError } from './StockbookError.ts'

/** A session as an application keeps it. Can be written as JSON. */
export type StoredSession = {
  accessToken: string
  /** Good for one renewal. Whoever has it is signed in: keep it as you would a password. */
  refreshToken: string
  /** When the access token ends, in the form of `Date.toISOString()`. */
  expiresAt: string
}

/** A place where the application keeps its session, such as the browser's local storage. */
export type SessionStore = {
  /** The session, or `null` when nobody is signed in. Asked before every call. */
  get(): StoredSession | null | Promise<StoredSession | null>
  /** Called with every new session, and with `null` when it was ended or refused. */
  set(session: StoredSession | null): void | Promise<void>
}

/** A session inside the client. The refresh token is `null` when the browser keeps it in a cookie. */
export type KeptSession = Omit<StoredSession, 'refreshToken'> & { refreshToken: string | null }

export type KeptSessions = {
  get(): Promise<KeptSession | null>
  set(session: KeptSession | null): Promise<void>
}

/** Keeps the session for as long as the client lives. */
export function sessionInMemory(): KeptSessions {
  let kept: KeptSession | null = null
  return {
    get: async () => kept,
    set: async (session) => {
      kept = session
    },
  }
}

/** Keeps the session where the application says. What fails there is told as SIGN_IN_REQUIRED. */
export function sessionInStore(store: SessionStore): KeptSessions {
  return {
    async get() {
      try {
        return (await store.get()) ?? null
      } catch (cause) {
        throw storeFailed('give', cause)
      }
    },
    async set(session) {
      try {
        // Asked to let the caller keep it, the server always answers with a refresh token.
        await store.set(session as StoredSession | null)
      } catch (cause) {
        throw storeFailed('keep', cause)
      }
    },
  }
}

function storeFailed(what: 'give' | 'keep', cause: unknown): StockbookError {
  return new StockbookError('SIGN_IN_REQUIRED', {
    message: `The session store failed to ${what} the session.`,
    cause,
  })
}
