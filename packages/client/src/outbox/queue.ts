import { givenOf, type OutboxEntry } from './entry.ts'
import type { Attempt } from './sending.ts'

/** So many commands that went through are remembered, the newest. */
const mostDone = 50

/** A command that the server fails at so often makes way for those behind it. */
const mostAttemptsAtFailure = 5

export function isAnother(entry: OutboxEntry, commandId: string): boolean {
  return entry.commandId !== commandId
}

/** The command after an attempt. */
export function settledBy(entry: OutboxEntry, attempt: Attempt, endedAt: Date): OutboxEntry {
  const given = givenOf(entry)
  if (attempt.kind === 'done') {
    return { ...given, status: 'done', result: attempt.result, endedAt } as OutboxEntry
  }
  const { failure } = attempt
  const isGivenUp = attempt.kind === 'failed' && entry.attempts >= mostAttemptsAtFailure
  if (attempt.kind === 'refused' || isGivenUp) {
    return { ...given, status: 'refused', failure, isUncertain: isGivenUp, endedAt } as OutboxEntry
  }
  return { ...given, status: 'waiting', failure } as OutboxEntry
}

/** Forgets the oldest of those that went through. */
export function rememberedDone(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  let surplus = entries.filter(({ status }) => status === 'done').length - mostDone
  return entries.filter(({ status }) => status !== 'done' || surplus-- <= 0)
}
