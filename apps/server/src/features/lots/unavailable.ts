import type { lots } from '@stockbook/db'

type Lot = typeof lots.$inferSelect

/**
 * Why goods may not go out on a day (`YYYY-MM-DD`); null when they may. The last good day is a good
 * day. Goods of no lot have neither status nor expiry.
 */
export function whyUnavailable(
  { lotStatus, expiresOn }: { lotStatus: Lot['status'] | null; expiresOn: Lot['expiresOn'] },
  day: string,
): 'recalled' | 'hold' | 'expired' | null {
  if (lotStatus === 'recalled' || lotStatus === 'hold') return lotStatus
  return expiresOn !== null && expiresOn < day ? 'expired' : null
}

/** The day of a moment, `YYYY-MM-DD`, by the calendar of UTC. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
