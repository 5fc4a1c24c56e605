import type { Attempt } from './sending.ts'

/** Learns from the server's answers how far the clock of this device is off. */
export function createClockCheck(now: () => Date) {
  let aheadMs: number | null = null
  return {
    aheadMs: () => aheadMs,
    /** @param sentAt when the attempt began, by the clock of the device */
    learn(attempt: Attempt, sentAt: Date): void {
      const serverTime = serverTimeOf(attempt)
      if (serverTime === null) return
      // The server looked at its clock somewhere between the two.
      const between = (sentAt.getTime() + now().getTime()) / 2
      aheadMs = Math.round(between - serverTime.getTime())
    },
  }
}

function serverTimeOf(attempt: Attempt): Date | null {
  if (attempt.kind === 'done') {
    const { recordedAt, replayed } = attempt.result as { recordedAt?: Date; replayed?: boolean }
    return recordedAt instanceof Date && replayed === false ? recordedAt : null
  }
  if (attempt.kind === 'refused' && attempt.failure.code === 'OCCURRED_AT_IN_FUTURE') {
    const time = new Date(String(attempt.failure.detail.now))
    return Number.isNaN(time.getTime()) ? null : time
  }
  return null
}
