import type { OutboxEntry } from './entry.ts'

/** Everything that an outbox keeps. */
export type OutboxContents = {
  /** In the order in which they were given. */
  entries: readonly OutboxEntry[]
  /** Who sends at present, where the platform has no locks of its own, and until when. */
  lease: { holder: string; until: number } | null
}

/** Keeps the commands of an outbox. All outboxes on one storage share one queue. */
export type OutboxStorage = {
  /** Names the queue among those of this origin or machine. */
  readonly name: string
  /**
   * Replaces the contents by what `step` makes of them, as one step that no other can come between,
   * in this process or another. Resolves when a crash can no longer undo it. Contents hold dates, as
   * `structuredClone` keeps them.
   * @param step answers with the same contents to leave them as they are
   */
  change(step: (contents: OutboxContents) => OutboxContents): Promise<OutboxContents>
  /** Calls back after changes that others made, from other tabs for instance. Returns how to stop. */
  watch(listener: () => void): () => void
}

export const emptyContents: OutboxContents = { entries: [], lease: null }
