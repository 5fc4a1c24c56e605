import { newCommandId } from '../commandId.ts'
import { StockbookError } from '../StockbookError.ts'
import { createClockCheck } from './clockCheck.ts'
import {
  asNewCommand,
  isSameCommand,
  newEntry,
  type OutboxEntry,
  type OutboxInput,
  type OutboxPath,
  waitingAgain,
} from './entry.ts'
import { exclusively } from './exclusive.ts'
import { isAnother, rememberedDone, settledBy } from './queue.ts'
import { type Attempt, type OutboxClient, refusedSession, send } from './sending.ts'
import { emptyState, type OutboxState, stateOf } from './state.ts'
import type { OutboxStorage } from './storage.ts'

export type OutboxOptions = {
  /** Where the commands are kept: `indexedDbStorage()` in a browser. Each outbox takes one of its own. */
  storage: OutboxStorage
  /** Names this device in every movement that it makes. Default: no name. */
  deviceId?: string | undefined
  /**
   * Who is signed in, by the `id` of the user. A command is sent only while the one who gave it is, which
   * the server is asked first. Default: nobody is named, and whoever is signed in sends it.
   */
  userId?: string | undefined
  /** The clock that commands are dated by. Default: that of the device. */
  now?: (() => Date) | undefined
}

/** Commands that are kept before they are sent, and sent in order when the server can be reached. */
export type Outbox = {
  /**
   * Keeps a command and begins to send it. Resolves when it is kept: from then on it is not lost.
   * Rejects when the storage failed: then the command was not given. A `commandId` that is kept already
   * gives the kept command; COMMAND_ID_REUSED when that is another one.
   */
  add<Path extends OutboxPath>(path: Path, input: OutboxInput<Path>): Promise<OutboxEntry>
  /** What is kept, as last seen. The same object until something changes. */
  state(): OutboxState
  /** Calls back when `state()` has changed. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /** Resolves when the command is done or refused; with `null` when it is kept no more, or after `close()`. */
  settled(commandId: string): Promise<OutboxEntry | null>
  /** Tries now: after a sign-in, or when a person asks. */
  send(): void
  /** Takes a command back whose sending has not begun. Resolves with whether that was so. */
  withdraw(commandId: string): Promise<boolean>
  /**
   * Gives a refused command again: as a new one with another id, and as of now (a count keeps the time
   * at which it was counted); or under its own id where nobody knows whether the server did it.
   * Resolves with `null` when it is refused no more.
   */
  retry(commandId: string): Promise<OutboxEntry | null>
  /** Gives another command in the place of a refused one. Resolves as `retry` does. */
  replace<Path extends OutboxPath>(
    commandId: string,
    path: Path,
    input: OutboxInput<Path>,
  ): Promise<OutboxEntry | null>
  /** Forgets a refused command. */
  discard(commandId: string): Promise<void>
  /** Stops. What waits stays in the storage, for the next outbox. */
  close(): Promise<void>
}

const firstDelayMs = 1_000
const longestDelayMs = 60_000

/**
 * Makes an outbox. It begins at once to send what an earlier one left in the storage.
 * @param client signed in, or to be signed in later
 */
export function createOutbox(client: OutboxClient, options: OutboxOptions): Outbox {
  const { storage, deviceId = null, userId = null, now = () => new Date() } = options
  const holder = newCommandId()
  const closing = new AbortController()
  const listeners = new Set<() => void>()
  const clock = createClockCheck(now)
  let entries: readonly OutboxEntry[] | null = null
  let activity: OutboxState['activity'] = 'idle'
  let state = emptyState
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let postponements = 0
  /** The server has said that the client's session is this user's. */
  let isConfirmed = userId === null
  /** Until when the server wants to be left alone, by `Date.now()`. */
  let restUntil = 0

  const isMine = (entry: OutboxEntry) => entry.userId === null || entry.userId === userId

  function show(next: OutboxState['activity'] = activity): void {
    activity = next
    if (closing.signal.aborted || entries === null) return
    state = stateOf(entries, isMine, { activity, clockAheadMs: clock.aheadMs() })
    tell()
  }

  function tell(): void {
    for (const listener of listeners) {
      try {
        listener()
      } catch (error) {
        // What is kept is kept, whatever a listener makes of it. Its fault is told as any uncaught one.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  async function change(
    step: (kept: readonly OutboxEntry[]) => readonly OutboxEntry[],
  ): Promise<readonly OutboxEntry[]> {
    const contents = await storage.change((before) => {
      const after = step(before.entries)
      return after === before.entries ? before : { ...before, entries: after }
    })
    entries = contents.entries
    show()
    return entries
  }

  /** Marks the first command that waits as being sent, before it is: a crash must not hide that. */
  async function takeFirst(): Promise<OutboxEntry | undefined> {
    let taken: OutboxEntry | undefined
    await change((kept) => {
      const first = kept.find((entry) => entry.status === 'waiting' && isMine(entry))
      taken = first && { ...first, attempts: first.attempts + 1 }
      return taken === undefined ? kept : kept.map((entry) => (entry === first ? taken! : entry))
    })
    return taken
  }

  async function attemptOf(entry: OutboxEntry): Promise<Attempt> {
    if (!isConfirmed && entry.userId !== null) {
      const refused = await refusedSession(client, entry.userId, closing.signal)
      if (refused !== null) return refused
      isConfirmed = true
    }
    const attempt = await send(client, entry, closing.signal)
    if (attempt.kind === 'signIn') isConfirmed = userId === null
    return attempt
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const entry = await takeFirst()
      if (entry === undefined) return show('idle')
      show('sending')
      const sentAt = now()
      const attempt = await attemptOf(entry)
      if (closing.signal.aborted) return
      clock.learn(attempt, sentAt)
      const after = settledBy(entry, attempt, now())
      await change((kept) =>
        rememberedDone(
          kept.map((other) =>
            other.commandId === entry.commandId && other.status === 'waiting' ? after : other,
          ),
        ),
      )
      if (attempt.kind === 'signIn') return show('signIn')
      if (after.status === 'waiting') {
        return postpone('retryAfterMs' in attempt ? attempt.retryAfterMs : null)
      }
      postponements = 0
    }
  }

  function postpone(retryAfterMs: number | null): void {
    const doubled = Math.min(firstDelayMs * 2 ** postponements, longestDelayMs)
    postponements += 1
    restUntil = Date.now() + (retryAfterMs ?? 0)
    // Spread at random, so that a whole floor of devices does not come back in the same moment.
    wake(Math.max(doubled * (0.5 + Math.random() / 2), retryAfterMs ?? 0))
    show('postponed')
  }

  function wake(delayMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(run, delayMs)
  }

  function run(): void {
    if (closing.signal.aborted) return
    clearTimeout(timer)
    if (running !== null) {
      isAskedAgain = true
      return
    }
    isAskedAgain = false
    running = exclusively(storage, holder, closing.signal, sendAll)
      .then(
        (othersMs) => othersMs !== null && wake(othersMs),
        () => closing.signal.aborted || postpone(null),
      )
      .then(() => {
        running = null
        if (isAskedAgain) run()
      })
  }

  /** Another tab has changed something. It sends what it adds, unless it is closed before it can. */
  async function look(): Promise<void> {
    await change((kept) => kept)
    if (activity === 'idle' && state.waiting.length > 0) run()
  }

  async function append(entry: OutboxEntry): Promise<OutboxEntry> {
    let given = entry
    await change((kept) => {
      const same = kept.find(({ commandId }) => commandId === entry.commandId)
      if (same === undefined) return [...kept, entry]
      if (!isSameCommand(same, entry)) throw anotherCommand()
      given = same
      return kept
    })
    if (Date.now() >= restUntil) run()
    return given
  }

  /** Ends a refused command and gives `next` in one step: neither is done without the other. */
  async function giveInstead(
    commandId: string,
    next: (refused: OutboxEntry) => OutboxEntry,
  ): Promise<OutboxEntry | null> {
    let given: OutboxEntry | null = null
    await change((kept) => {
      const refused = kept.find(
        (entry) => entry.commandId === commandId && entry.status === 'refused',
      )
      if (refused === undefined) return kept
      given = next(refused)
      return [...kept.filter((entry) => entry !== refused), given]
    })
    if (given !== null) run()
    return given
  }

  const quietly = (work: Promise<unknown>) => void work.catch(() => {})
  const onOnline = () => run()
  const stopWatching = storage.watch(() => quietly(look()))
  globalThis.addEventListener?.('online', onOnline)
  quietly(change((kept) => kept))
  run()

  return {
    add: (path, input) => append(newEntry(path, input, { userId, deviceId, now: now() })),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async settled(commandId) {
      for (;;) {
        if (closing.signal.aborted) return null
        const kept = entries ?? (await change((all) => all))
        const entry = kept.find((each) => each.commandId === commandId)
        if (entry === undefined) return null
        if (entry.status !== 'waiting') return entry
        await new Promise<void>((resolve) => {
          const once = () => {
            listeners.delete(once)
            resolve()
          }
          listeners.add(once)
        })
      }
    },
    send: run,
    async withdraw(commandId) {
      let isTaken = false
      await change((kept) => {
        const left = kept.filter((entry) => isAnother(entry, commandId) || entry.attempts > 0)
        isTaken = left.length < kept.length
        return isTaken ? left : kept
      })
      return isTaken
    },
    retry: (commandId) =>
      giveInstead(commandId, (refused) =>
        refused.status === 'refused' && refused.isUncertain
          ? waitingAgain(refused)
          : asNewCommand(refused, now()),
      ),
    replace: (commandId, path, input) =>
      giveInstead(commandId, () => newEntry(path, input, { userId, deviceId, now: now() })),
    async discard(commandId) {
      await change((kept) =>
        kept.filter((entry) => isAnother(entry, commandId) || entry.status !== 'refused'),
      )
    },
    async close() {
      closing.abort()
      clearTimeout(timer)
      stopWatching()
      globalThis.removeEventListener?.('online', onOnline)
      await running
      tell()
    },
  }
}

function anotherCommand(): StockbookError {
  return new StockbookError('COMMAND_ID_REUSED', {
    message: 'Another command of this id is kept. Take a new id.',
  })
}
