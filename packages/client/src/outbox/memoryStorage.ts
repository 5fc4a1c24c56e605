import { newCommandId } from '../commandId.ts'
import { emptyContents, type OutboxContents, type OutboxStorage } from './storage.ts'

/** Keeps commands for as long as the program runs: for tests, and for programs that may lose them. */
export function memoryStorage(): OutboxStorage {
  let kept: OutboxContents = emptyContents
  const listeners = new Set<() => void>()
  return {
    name: `memory-${newCommandId()}`,
    async change(step) {
      const next = step(kept)
      if (next === kept) return kept
      kept = structuredClone(next)
      for (const listener of listeners) listener()
      return kept
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
