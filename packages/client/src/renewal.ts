import { orAborted } from './abort.ts'
import type { OpenSession, SessionRequests } from './credentials.ts'
import { defaultHoldMs, refusalHoldsMs } from './refusal.ts'
import type { KeptSession, KeptSessions } from './sessionStore.ts'
import { isStockbookError, StockbookError } from './StockbookError.ts'

/** A session is renewed when its access token has no more than this left. */
const renewAheadMs = 30_000

/** Keeps one session good for all calls of a client. */
export type Renewal = {
  /** As `authorization` of Credentials. */
  authorization(refused: string | null): Promise<string | null>
  /** Renews the session, or joins the renewal that is under way. */
  now(signal: AbortSignal | undefined): Promise<OpenSession>
  /** Puts the session that `open` brings in the place of the one there is. */
  replace(open: () => Promise<OpenSession>, signal: AbortSignal | undefined): Promise<OpenSession>
  forget(): Promise<void>
}

/** What a renewal came to. `refused`: nobody is signed in any more. */
type Outcome = { opened: OpenSession } | { refused: StockbookError }

/**
 * @param from how another session is had. `inCookie`: the browser may have a refresh token though
 * there is no session here. `begin`: signs in when there is no session that the server renews
 */
export function createRenewal(
  requests: SessionRequests,
  kept: KeptSessions,
  { inCookie = false, begin }: { inCookie?: boolean; begin?: () => Promise<OpenSession> } = {},
): Renewal {
  let underWay: Promise<Outcome> | null = null
  let replacement: Promise<unknown> | null = null
  let endedRenewals = 0
  let held: { error: unknown; until: number } | null = null
  let clockIsTrusted = true

  async function take({ accessToken, refreshToken, expiresAt }: OpenSession): Promise<void> {
    held = null
    // New and about to end already: the clock of this machine is wrong, and only a 401 can tell.
    clockIsTrusted = isFresh(expiresAt)
    await kept.set({ accessToken, refreshToken, expiresAt: expiresAt.toISOString() })
  }

  async function exchange(): Promise<Outcome> {
    let used: KeptSession | null = null
    const token = async () => {
      used = await kept.get()
      if (used === null && !inCookie) throw nobodySignedIn()
      return used?.refreshToken ?? undefined
    }
    const outcome = await requests.refresh(token).then(opened, refused)
    // Ended or replaced meanwhile, from here or by another tab: what stands there now is newer.
    if (!isSame(used, await kept.get())) return outcome
    if ('opened' in outcome) await take(outcome.opened)
    else if (used !== null) await kept.set(null)
    return outcome
  }

  async function renew(): Promise<Outcome> {
    const outcome = await exchange()
    if ('opened' in outcome) return outcome
    if (begin === undefined) {
      if (inCookie) hold(outcome.refused, defaultHoldMs)
      return outcome
    }
    const session = await begin()
    await take(session)
    return { opened: session }
  }

  function hold(error: unknown, forMs: number | null): void {
    if (forMs !== null) held = { error, until: Date.now() + forMs }
  }

  function renewOnce(): Promise<Outcome> {
    underWay ??= renew()
      .catch((error: unknown) => {
        hold(error, refusalHoldsMs(error))
        throw error
      })
      .finally(() => {
        endedRenewals += 1
        underWay = null
      })
    return underWay
  }

  async function usable(refused: string | null): Promise<string | null> {
    const session = await kept.get()
    if (session === null || (clockIsTrusted && !isFresh(session.expiresAt))) return null
    return headerOf(session, refused)
  }

  return {
    async authorization(refused) {
      for (;;) {
        const endedBefore = endedRenewals
        const header = await usable(refused)
        if (header !== null) return header
        if (replacement !== null) {
          await replacement
          continue
        }
        // A renewal that ended while the store was read has put a newer session there.
        if (endedBefore === endedRenewals) break
      }
      if (held !== null && Date.now() < held.until) {
        if (isStockbookError(held.error, 'SIGN_IN_REQUIRED')) return null
        throw held.error
      }
      await renewOnce()
      return headerOf(await kept.get(), refused)
    },
    async now(signal) {
      await orAborted(Promise.resolve(replacement), signal)
      let outcome = await orAborted(renewOnce(), signal)
      if ('refused' in outcome && (await kept.get()) !== null) {
        outcome = await orAborted(renewOnce(), signal)
      }
      if ('refused' in outcome) throw outcome.refused
      return outcome.opened
    },
    async replace(open, signal) {
      // Neither at the same time: the cookie of the one that is answered last would stay.
      if (underWay !== null) await orAborted(underWay.catch(ignored), signal)
      const replacing = open()
      const settled = replacing.then(take)
      replacement = settled.catch(ignored).finally(() => {
        replacement = null
      })
      await settled
      return replacing
    },
    forget: () => kept.set(null),
  }
}

function ignored(): void {}

function opened(session: OpenSession): Outcome {
  return { opened: session }
}

function refused(error: unknown): Outcome {
  if (isStockbookError(error, 'SIGN_IN_REQUIRED')) return { refused: error }
  throw error
}

function headerOf(session: KeptSession | null, refused: string | null): string | null {
  const header = session && `Bearer ${session.accessToken}`
  return header === refused ? null : header
}

function isFresh(expiresAt: string | Date): boolean {
  return new Date(expiresAt).getTime() - Date.now() > renewAheadMs
}

function isSame(one: KeptSession | null, other: KeptSession | null): boolean {
  return one?.accessToken === other?.accessToken
}

export function nobodySignedIn(): StockbookError {
  return new StockbookError('SIGN_IN_REQUIRED', {
    message: 'Sign in first, with auth.signIn: the client has no session.',
  })
}
