import type { StockbookClient } from '@stockbook/client'
import type { Outbox, OutboxState } from '@stockbook/client/outbox'
import { createContext, useContext } from 'react'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { Failure } from './failure.ts'
import type { Words } from './messages/format.ts'
import type { User } from './session/useSession.ts'
import type { Settings } from './settings.ts'
import type { Signals } from './signals.ts'

/** What every page of somebody who is signed in stands on. */
export type Floor = {
  /** A call that finds the session ended shows the sign-in form, and never settles. */
  client: StockbookClient
  user: User
  outbox: Outbox
  outboxState: OutboxState
  /** `null`: nothing was ever read on this device. */
  catalogue: Catalogue | null
  /** Why the server did not give goods and places when it was last asked for them. `null`: it did. */
  catalogueFailure: Failure | null
  /** Reads goods and places anew. Resolves also when it fails: then the old ones stay. */
  readAgain(): Promise<void>
  words: Words
  signals: Signals
  settings: Settings
  changeSettings(change: Partial<Settings>): void
  signOut(): Promise<void>
}

export const FloorContext = createContext<Floor | null>(null)

export function useFloor(): Floor {
  const floor = useContext(FloorContext)
  if (floor === null) throw new Error('There is no floor above this component')
  return floor
}
