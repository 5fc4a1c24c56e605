import {
  createOutbox,
  indexedDbStorage,
  type Outbox,
  type OutboxState,
} from '@stockbook/client/outbox'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { client } from '../client.ts'

/**
 * The outbox of a user on this device, for as long as the page shows them.
 * @param device its name. Empty: it has none
 */
export function useOutbox(userId: string, device: string): { outbox: Outbox; state: OutboxState } {
  const deviceId = device.trim() || undefined
  const outbox = useMemo(
    () => createOutbox(client, { storage: indexedDbStorage(), userId, deviceId }),
    [userId, deviceId],
  )
  useEffect(() => {
    // Asks the browser not to throw the commands away when the disk is full.
    navigator.storage?.persist?.().catch(() => {})
    return () => void outbox.close()
  }, [outbox])
  return { outbox, state: useSyncExternalStore(outbox.subscribe, outbox.state) }
}
