import type { OutboxEntry, OutboxState } from '@stockbook/client/outbox'
import type { Found } from '../scanning/findScan.ts'
import type { CheckLine } from './useCheck.ts'

/** What is scanned of a line so far: its place, its goods, or both. */
export type Aim = { locationId: string | null; productId: string | null; lotCode: string | null }

export const noAim: Aim = { locationId: null, productId: null, lotCode: null }

/** What a scan leads to. `elsewhere`: the goods are in the check, but not at the place that was scanned. */
export type Step =
  | { kind: 'aim'; aim: Aim; matching: CheckLine[] }
  | { kind: 'notInCheck' }
  | { kind: 'elsewhere'; aim: Aim }

/** Narrows down by a scan which line is meant. Places and goods may come in any order. */
export function aimAt(lines: readonly CheckLine[], aim: Aim, found: Found): Step {
  const next: Aim =
    found.kind === 'location'
      ? { ...noAim, locationId: found.location.id }
      : { ...aim, productId: found.product.id, lotCode: found.lot?.code ?? null }
  const matching = matchingLines(lines, next)
  if (matching.length > 0) return { kind: 'aim', aim: next, matching }
  const isInCheck = matchingLines(lines, { ...next, locationId: null }).length > 0
  return isInCheck || found.kind === 'product'
    ? { kind: 'elsewhere', aim: next }
    : { kind: 'notInCheck' }
}

export function matchingLines(lines: readonly CheckLine[], aim: Aim): CheckLine[] {
  return lines.filter(
    (line) =>
      (aim.locationId === null || line.locationId === aim.locationId) &&
      (aim.productId === null || line.productId === aim.productId) &&
      (aim.lotCode === null || line.lotCode?.toLowerCase() === aim.lotCode.toLowerCase()),
  )
}

/** Whether somebody still has to count it, by the server's word and by what waits in the outbox. */
export function isToCount(line: CheckLine, given: ReadonlyMap<string, number>): boolean {
  return (line.status === 'to_count' || line.status === 'recount') && !given.has(line.id)
}

/**
 * What was counted here and the server does not say yet: by line, the last quantity. What went through
 * before the lines were read is in them; in a recount it must not count again.
 */
export function givenCounts({ waiting, done }: OutboxState, readAt: Date): Map<string, number> {
  const entries: readonly OutboxEntry[] = [
    ...done.filter(({ endedAt }) => endedAt > readAt),
    ...waiting,
  ]
  const counts = new Map<string, number>()
  for (const entry of entries) {
    if (entry.path === 'checks.count') counts.set(entry.input.lineId, entry.input.quantity)
  }
  return counts
}
