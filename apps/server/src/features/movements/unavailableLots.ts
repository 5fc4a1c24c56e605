import { StockError } from '../../errors.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import type { Line } from './lines.ts'
import type { Named } from './references.sql.ts'

/** A line that ships a lot which should not go out, and why it should not. */
export type UnavailableLot = {
  line: Line
  lot: { id: string; code: string; expiresOn: string | null }
  status: 'hold' | 'recalled' | 'expired'
}

/**
 * Lines that take a lot outside which is expired, on hold or recalled when they happen. What is moved
 * within the house, corrected or taken back is free of this.
 */
export function findUnavailableLots(
  lines: readonly Line[],
  lots: Named['lots'],
  occurredAt: Date,
): UnavailableLot[] {
  if (lots.size === 0) return []
  const day = dayOf(occurredAt)
  return lines.flatMap((line): UnavailableLot[] => {
    const lot = lots.get(line.lotId ?? '')
    if (!lot || line.type !== 'outgoing' || line.reversesId !== null) return []
    const status = whyUnavailable({ lotStatus: lot.status, expiresOn: lot.expiresOn }, day)
    return status === null ? [] : [{ line, lot, status }]
  })
}

export function refuseUnavailableLots(found: readonly UnavailableLot[]): StockError | null {
  const refused = found.find(({ line }) => !line.allowUnavailableLot)
  if (!refused) return null
  const { line, lot, status } = refused
  return new StockError('LOT_NOT_AVAILABLE', {
    line: line.line,
    lotId: lot.id,
    lot: lot.code,
    status,
    expiresOn: lot.expiresOn,
  })
}
