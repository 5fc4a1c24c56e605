import { type ApiOutputs, isStockbookError } from '@stockbook/client'
import { useEffect, useState } from 'react'
import { client } from '../client.ts'

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

/** Who is signed in. Without a network it is who was signed in last on this device. */
export function useSession() {
  const [session, setSession] = useState<Session>(() => {
    const user = rememberedUser()
    return user === null ? { phase: 'loading' } : { phase: 'signedIn', user }
  })

  function enter(user: User): void {
    const { id, username, displayName, role, warehouseIds, mustChangePassword } = user
    const known = { id, username, displayName, role, warehouseIds, mustChangePassword }
    localStorage.setItem(place, JSON.stringify(known))
    setSession({ phase: 'signedIn', user: known })
  }

  function leave(hasEnded: boolean): void {
    localStorage.removeItem(place)
    setSession({ phase: 'signedOut', hasEnded })
  }

  useEffect(() => {
    const remembered = rememberedUser()
    client.auth.refresh.mutate({}).then(
      ({ user }) => enter(user),
      (error: unknown) => {
        if (isStockbookError(error, 'SIGN_IN_REQUIRED')) leave(remembered !== null)
        else if (remembered === null) setSession({ phase: 'signedOut', hasEnded: false })
      },
    )
  }, [])

  return {
    session,
    enter,
    /** The server knows the session no more. */
    end: () => leave(true),
    async signOut(): Promise<void> {
      // Without a network the session ends here; the server forgets it when its time is over.
      await client.auth.signOut.mutate().catch(() => {})
      leave(false)
    },
  }
}

function rememberedUser(): User | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null') as User | null
  } catch {
    return null
  }
}
