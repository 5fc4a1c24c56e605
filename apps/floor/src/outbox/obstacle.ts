import type { OutboxState } from '@stockbook/client/outbox'
import { type Failure, unreachable } from '../failure.ts'

/** Why what waits could not be sent when it was last tried. `null`: nothing is in its way. */
export function obstacleOf({ activity, waiting }: OutboxState): Failure | null {
  if (activity !== 'postponed' || waiting.length === 0) return null
  return waiting.find(({ failure }) => failure !== null)?.failure ?? unreachable
}
