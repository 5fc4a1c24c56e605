import { type ApiOutputs, isStockbookError } from '@stockbook/client'
import { useEffect, useMemo, useState } from 'react'
import { client } from '../client.ts'
import { endingSession } from './endingSession.ts'

export type User = Pick<
  ApiOutputs['auth']['me'],
  'id' | 'username' | 'displayName' | 'role' | 'warehouseIds' | 'mustChangePassword'
>

export type Session =
  | { phase: 'loading' }
  /** `hasEnded`: somebody was signed in until now. */
  | { phase: 'signedOut'; hasEnded: boolean }
  | { phase: 'signedIn'; user: User }

const place = 'stockbook-floor-user'

/** Stands there while the browser still has the session of somebody who signed out without a network. */
const leftPlace = 'stockbook-floor-left'

/** Who is signed in. Without a network it is who was signed in last on this device. */
export function useSession() {
  const [session, setSession] = useState<Session>(() => {
    const user = hasLeft() ? null : rememberedUser()
    return user === null ? { phase: 'loading' } : { phase: 'signedIn', user }
  })
  const userId = session.phase === 'signedIn' ? session.user.id : null

  function enter(user: User): void {
    const { id, username, displayName, role, warehouseIds, mustChangePassword } = user
    const known = { id, username, displayName, role, warehouseIds, mustChangePassword }
    localStorage.removeItem(leftPlace)
    localStorage.setItem(place, JSON.stringify(known))
    setSession({ phase: 'signedIn', user: known })
  }

  function leave(hasEnded: boolean): void {
    // Another tab may have remembered somebody else meanwhile.
    if (rememberedUser()?.id === userId) localStorage.removeItem(place)
    // So may this one: what was asked for as the one who was here before is answered late.
    setSession((now) =>
      now.phase === 'signedIn' && now.user.id !== userId ? now : { phase: 'signedOut', hasEnded },
    )
  }

  /** Asks the server whose session the browser has. */
  function identify(): void {
    const remembered = rememberedUser()
    client.auth.refresh.mutate({}).then(
      ({ user }) => enter(user),
      (error: unknown) => {
        if (isStockbookError(error, 'SIGN_IN_REQUIRED')) {
          localStorage.removeItem(place)
          setSession({ phase: 'signedOut', hasEnded: remembered !== null })
        } else if (remembered?.id !== userId || remembered === null) {
          setSession({ phase: 'signedOut', hasEnded: false })
        }
      },
    )
  }

  useEffect(() => {
    if (!hasLeft()) return identify()
    void endSession().then(() => setSession({ phase: 'signedOut', hasEnded: false }))
  }, [])

  useEffect(() => {
    const onOnline = () => {
      if (hasLeft()) void endSession()
    }
    const onStorage = ({ key }: StorageEvent) => {
      // Somebody has signed in or out in another tab: all tabs share the session of the browser.
      if (key !== place || (rememberedUser()?.id ?? null) === userId) return
      if (hasLeft()) setSession({ phase: 'signedOut', hasEnded: false })
      else identify()
    }
    addEventListener('online', onOnline)
    addEventListener('storage', onStorage)
    return () => {
      removeEventListener('online', onOnline)
      removeEventListener('storage', onStorage)
    }
  })

  /** The server knows the session no more. */
  const end = () => leave(true)

  return {
    session,
    /** Calls as whoever is signed in. It ends the session of whom the server knows no more. */
    client: useMemo(() => endingSession(client, end), [userId]),
    enter,
    end,
    async signOut(): Promise<void> {
      localStorage.setItem(leftPlace, 'true')
      await endSession()
      leave(false)
    },
  }
}

function hasLeft(): boolean {
  return localStorage.getItem(leftPlace) !== null
}

/** Ends the session of the browser, which the server alone can do. */
async function endSession(): Promise<void> {
  try {
    await client.auth.signOut.mutate()
  } catch (error) {
    if (!isStockbookError(error, 'SIGN_IN_REQUIRED')) return
  }
  localStorage.removeItem(leftPlace)
}

function rememberedUser(): User | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null') as User | null
  } catch {
    return null
  }
}
