import type { OutboxEntry } from './entry.ts'

type With<Status extends OutboxEntry['status']> = Extract<OutboxEntry, { status: Status }>

/** What an outbox looks like to a screen. */
export type OutboxState = {
  /**
   * `idle`: all is through. `sending`: it works on it. `postponed`: the server cannot be reached; it is
   * tried again by itself. `signIn`: somebody has to sign in first, then `send()`.
   */
  activity: 'idle' | 'sending' | 'postponed' | 'signIn'
  /** To be sent, first first. */
  waiting: readonly With<'waiting'>[]
  /** The inbox: what came to nothing, oldest first. A person decides. */
  refused: readonly With<'refused'>[]
  /** What went through lately, oldest first: fifty at most. */
  done: readonly With<'done'>[]
  /** Commands of other users of this device, which wait for their own sign-in. */
  ofOthers: number
  /**
   * By how many milliseconds the clock of this device runs ahead of the server's, negative when it is
   * behind. `null`: not known yet. The server takes no more than five minutes ahead.
   */
  clockAheadMs: number | null
}

export const emptyState: OutboxState = {
  activity: 'idle',
  waiting: [],
  refused: [],
  done: [],
  ofOthers: 0,
  clockAheadMs: null,
}

export function stateOf(
  entries: readonly OutboxEntry[],
  isMine: (entry: OutboxEntry) => boolean,
  facts: Pick<OutboxState, 'activity' | 'clockAheadMs'>,
): OutboxState {
  const mine = entries.filter(isMine)
  return {
    ...facts,
    waiting: mine.filter((entry) => entry.status === 'waiting'),
    refused: mine.filter((entry) => entry.status === 'refused'),
    done: mine.filter((entry) => entry.status === 'done'),
    ofOthers: entries.filter((entry) => !isMine(entry) && entry.status !== 'done').length,
  }
}
