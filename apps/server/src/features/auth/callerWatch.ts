import type { Actor } from '../../context.ts'
import type { Callers } from './callers.ts'

type Rights = Pick<Actor, 'id' | 'role' | 'mustChangePassword' | 'warehouseIds'>

export type CallerWatch = {
  /**
   * Looks on a beat whether a caller is still who came with this header.
   * @param onLost called once: with null when it is nobody any more, or with what it has become
   */
  watch(
    authorization: string | undefined,
    rights: Rights,
    onLost: (now: Rights | null) => void,
  ): WatchedCaller
}

export type WatchedCaller = {
  /** Looks now: whatever was lost before this is told when it ends. */
  look(): Promise<void>
  /** Ends the watch. */
  end(): void
}

type Watched = { rights: Rights; onLost: (now: Rights | null) => void }

/** A changed role, other warehouses, a disabled user, an ended session acts on what is open within this and a query. */
const beatMs = 400

/** For answers that last: a call asks once who its caller is, and these outlive the answer to that. */
export function createCallerWatch(callers: Callers): CallerWatch {
  const watched = new Map<string | undefined, Set<Watched>>()
  let timer: NodeJS.Timeout | undefined

  async function beat(): Promise<void> {
    for (const [authorization, entries] of watched) await lookAt(authorization, entries, entries)
    timer = watched.size > 0 ? setTimeout(() => void beat(), beatMs) : undefined
  }

  async function lookAt(
    authorization: string | undefined,
    some: Iterable<Watched>,
    entries: Set<Watched>,
  ): Promise<void> {
    // The database does not answer: nobody can have changed anything in it either.
    const now = await callers.read(authorization).catch(() => undefined)
    if (now !== undefined) for (const entry of some) tellIfLost(entry, entries, now)
  }

  function tellIfLost(entry: Watched, entries: Set<Watched>, now: Rights | null): void {
    const { rights, onLost } = entry
    const isSame =
      now !== null &&
      now.id === rights.id &&
      now.role === rights.role &&
      now.mustChangePassword === rights.mustChangePassword &&
      String(now.warehouseIds) === String(rights.warehouseIds)
    if (isSame || !entries.delete(entry)) return
    onLost(now)
  }

  return {
    watch(authorization, rights, onLost) {
      const entries = watched.get(authorization) ?? new Set()
      const entry = { rights, onLost }
      watched.set(authorization, entries.add(entry))
      timer ??= setTimeout(() => void beat(), beatMs)
      return {
        look: () => lookAt(authorization, [entry], entries),
        end() {
          entries.delete(entry)
          if (entries.size === 0 && watched.get(authorization) === entries) {
            watched.delete(authorization)
          }
        },
      }
    },
  }
}
