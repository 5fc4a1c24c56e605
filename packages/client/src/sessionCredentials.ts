import {
  type Credentials,
  givenToken,
  noCredentials,
  type OpenSession,
  type SessionRequests,
} from './credentials.ts'
import { createRenewal, nobodySignedIn } from './renewal.ts'
import { type SessionStore, sessionInMemory, sessionInStore } from './sessionStore.ts'

/**
 * Keeps a session in memory, and opens another one when the server does not renew it.
 * @param begin signs in; its rejection reaches every waiting call
 */
export function passwordCredentials(
  requests: SessionRequests,
  begin: () => Promise<OpenSession>,
): Credentials {
  const renewal = createRenewal(requests, sessionInMemory(), { begin })
  const others = noCredentials(requests)
  return {
    authorization: renewal.authorization,
    // A caller's own sign-in is for another purpose: this client stays who it is.
    signIn: others.signIn,
    refresh: (input, signal) =>
      givenToken(input) === undefined ? renewal.now(signal) : others.refresh(input, signal),
    forget: renewal.forget,
  }
}

/** Keeps the session where the application says; the application signs in. */
export function storeCredentials(requests: SessionRequests, store: SessionStore): Credentials {
  const renewal = createRenewal(requests, sessionInStore(store))
  return {
    authorization: renewal.authorization,
    signIn: (input, signal) =>
      renewal.replace(() => requests.signIn(keptBy('caller', input), signal), signal),
    refresh: (input, signal) => {
      const token = givenToken(input)
      if (token === undefined) return renewal.now(signal)
      return renewal.replace(() => requests.refresh(async () => token, signal), signal)
    },
    forget: renewal.forget,
  }
}

/**
 * The browser keeps the refresh token, out of reach of every script; memory keeps the access token.
 * All pages share the cookie: when somebody signs in on another, this one must not become theirs.
 */
export function cookieCredentials(requests: SessionRequests): Credentials {
  let userId: string | undefined
  const ofAnyUser = (session: OpenSession) => {
    userId = session.user.id
    return session
  }
  const ofUser = (session: OpenSession) => {
    if (userId && session.user.id !== userId) throw nobodySignedIn()
    return ofAnyUser(session)
  }
  const renewal = createRenewal(
    { ...requests, refresh: (token, signal) => requests.refresh(token, signal).then(ofUser) },
    sessionInMemory(),
    { inCookie: true },
  )
  return {
    authorization: renewal.authorization,
    signIn: (input, signal) =>
      renewal.replace(
        () => requests.signIn(keptBy('cookie', input), signal).then(ofAnyUser),
        signal,
      ),
    refresh(_input, signal) {
      userId = undefined
      return renewal.now(signal)
    },
    forget: renewal.forget,
  }
}

function keptBy(keep: 'caller' | 'cookie', input: unknown): object {
  return { ...(input as object), keep }
}
