import type { Services } from '../../../context.ts'
import { type CallerWatch, createCallerWatch } from '../../auth/callerWatch.ts'
import { type BookTail, createBookTail } from './bookTail.ts'
import { createSlots, type Slots } from './slots.ts'

/** What all subscriptions of one server share. */
export type Live = {
  readonly tail: BookTail
  readonly slots: Slots
  readonly callers: CallerWatch
  /** Aborted when the server stops. */
  readonly stopped: AbortSignal
  /** Ends all subscriptions, so that their clients go to another server or come again. */
  stop(): void
}

export function createLive(services: Pick<Services, 'db' | 'log' | 'callers'>): Live {
  const stopping = new AbortController()
  return {
    tail: createBookTail(services.db, services.log),
    slots: createSlots(),
    callers: createCallerWatch(services.callers),
    stopped: stopping.signal,
    stop: () => stopping.abort(),
  }
}
