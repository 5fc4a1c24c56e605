import {
  createOutbox,
  indexedDbStorage,
  type Outbox,
  type OutboxState,
} from '@stockbook/client/outbox'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { client } from '../client.ts'

/** The outbox of a user on this device, for as long as the page shows them. */
export function useOutbox(
  userId: string,
  deviceId: string,
): { outbox: Outbox; state: OutboxState } {
  const [outbox] = useState(() =>
    createOutbox(client, { storage: indexedDbStorage(), userId, deviceId }),
  )
  useEffect(() => {
    // Asks the browser not to throw the commands away when the disk is full.
    navigator.storage?.persist?.().catch(() => {})
    return () => void outbox.close()
  }, [outbox])
  return { outbox, state: useSyncExternalStore(outbox.subscribe, outbox.state) }
}
