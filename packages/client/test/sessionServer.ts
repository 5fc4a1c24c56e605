import type { StoredSession } from '../src/index.ts'
import superjson from 'superjson'
import { errorCatalogue } from '../src/errors.ts'
import { emptyPage, type Handler, Refusal, startServer } from './testServer.ts'

export const password = 'correct horse battery'

type Session = { user: string; generation: number; open: boolean }

type Opening = { username: string; password: string; keep: 'caller' | 'cookie' }

const cookieName = '__Host-stockbook-refresh'

/**
 * Handlers that keep sessions as a Stockbook server does: a refresh token is good once, the one just
 * used up gives the same new pair while `grace` is on, and an older one ends the session.
 */
function sessionHandlers() {
  const sessions = new Map<string, Session>()
  const accessTokens = new Map<string, Session>()
  let issued = 0
  const server = {
    /** How long an access token lives. */
    lifeMs: 900_000,
    /** Whether the refresh token that was just used up still works. */
    grace: true,
    /** How often each of these was answered, refusals included. */
    calls: { signIn: 0, refresh: 0 },
    /** Who made the calls of `products.list`. */
    readers: [] as string[],
    /** Makes every access token of now invalid, as a server does when they run out. */
    expireAccess: () => accessTokens.clear(),
    endSessions() {
      for (const session of sessions.values()) session.open = false
    },
    openSessions: () => [...sessions.values()].filter(({ open }) => open).length,
  }

  function handOver(id: string, session: Session, cookie: ((value: string) => void) | null) {
    issued += 1
    const accessToken = `access-${issued}`
    accessTokens.set(accessToken, session)
    const refreshToken = `${id}.${session.generation}`
    cookie?.(refreshToken)
    return {
      accessToken,
      expiresAt: new Date(Date.now() + server.lifeMs),
      refreshToken: cookie ? null : refreshToken,
      user: { id: session.user, username: session.user, role: 'operator' },
    }
  }

  function signedIn(authorization: string | undefined): Session {
    const session = accessTokens.get(authorization?.replace('Bearer ', '') ?? '')
    if (!session?.open) throw new Refusal('SIGN_IN_REQUIRED')
    return session
  }

  const handlers: Record<string, Handler> = {
    'auth.signIn': ({ username, password: typed, keep }: Opening, { setHeader }) => {
      server.calls.signIn += 1
      if (typed !== password) throw new Refusal('SIGN_IN_FAILED')
      const id = `session${sessions.size + 1}`
      const session = { user: username, generation: 1, open: true }
      sessions.set(id, session)
      return handOver(id, session, keep === 'cookie' ? setCookie(setHeader) : null)
    },
    'auth.refresh': ({ refreshToken }: { refreshToken?: string }, { cookie, setHeader }) => {
      server.calls.refresh += 1
      const token = refreshToken ?? cookie?.replace(`${cookieName}=`, '') ?? ''
      const [id = '', generation] = token.split('.')
      const session = sessions.get(id)
      const refuse = () => {
        if (refreshToken === undefined) setCookie(setHeader)('')
        throw new Refusal('SIGN_IN_REQUIRED')
      }
      if (!session?.open) return refuse()
      if (Number(generation) === session.generation) session.generation += 1
      else if (Number(generation) !== session.generation - 1 || !server.grace) {
        session.open = false
        return refuse()
      }
      return handOver(id, session, refreshToken === undefined ? setCookie(setHeader) : null)
    },
    'auth.signOut': (_input, { authorization, setHeader }) => {
      signedIn(authorization).open = false
      setCookie(setHeader)('')
      return {}
    },
    'auth.signOutEverywhere': (_input, { authorization }) => {
      const { user } = signedIn(authorization)
      const own = [...sessions.values()].filter((session) => session.user === user)
      for (const session of own) session.open = false
      return { ended: own.length }
    },
    'auth.changePassword': (_input, { authorization }) => ({
      username: signedIn(authorization).user,
    }),
    'products.list': (_input, { authorization }) => {
      server.readers.push(signedIn(authorization).user)
      return emptyPage
    },
  }
  return { server, handlers }
}

/** A server with sessions, over HTTP. `others` answers further procedures, or takes some over. */
export async function startSessionServer(others: Record<string, Handler> = {}) {
  const { server, handlers } = sessionHandlers()
  return Object.assign(server, await startServer({ ...handlers, ...others }))
}

/**
 * A server with sessions inside the test, for calls that travel alone. Every request and every answer
 * waits for `carried`, which may reject to lose it.
 */
export function sessionServerInMemory(carried: (what: string) => Promise<void>) {
  const { server, handlers } = sessionHandlers()
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(String(url))
    const path = pathname.replace('/rpc/', '')
    await carried(`${path} sent`)
    const isRead = searchParams.has('input')
    const input = isRead ? {} : superjson.deserialize(JSON.parse(String(init?.body ?? '{}')))
    const authorization = new Headers(init?.headers).get('authorization') ?? undefined
    const answers = path.split(',').map((name) => {
      try {
        const caller = { authorization, cookie: undefined, setHeader: () => {} }
        return { result: { data: superjson.serialize(handlers[name]?.(input as never, caller)) } }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const { code, detail, message } = error
        const { transport } = errorCatalogue[code]
        const data = { code: transport, httpStatus: 401, stockbook: { code, detail } }
        return { error: superjson.serialize({ message, code: -32001, data }) }
      }
    })
    await carried(`${path} answered`)
    return Response.json(isRead ? answers : answers[0])
  }
  return Object.assign(server, { fetch })
}

function setCookie(setHeader: (name: string, value: string) => void) {
  return (value: string) =>
    setHeader('set-cookie', `${cookieName}=${value}; Path=/; HttpOnly; Secure; SameSite=Strict`)
}

/** A `fetch` with a browser's cookie, which several clients may share as tabs do. */
export function browserFetch() {
  const browser = {
    cookie: '',
    fetch: (async (url, init) => {
      const headers = new Headers(init?.headers)
      if (browser.cookie !== '' && init?.credentials === 'same-origin') {
        headers.set('cookie', browser.cookie)
      }
      const response = await fetch(url, { ...init, headers })
      const given = response.headers.get('set-cookie')
      if (given !== null) browser.cookie = given.split(';')[0] ?? ''
      return response
    }) as typeof fetch,
  }
  return browser
}

/** A store in memory, as several tabs of a browser share one. */
export function memoryStore(session: StoredSession | null = null) {
  const store = {
    session,
    get: (): StoredSession | null => store.session,
    set(next: StoredSession | null) {
      store.session = next
    },
  }
  return store
}
