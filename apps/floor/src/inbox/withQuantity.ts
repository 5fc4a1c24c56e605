import type { OutboxEntry, OutboxInput } from '@stockbook/client/outbox'

/**
 * The same goods between the same places, another quantity in the same unit, as of now. `null` for
 * commands that are no single movement.
 */
export function withQuantity(
  entry: OutboxEntry,
  quantity: number,
): OutboxInput<'movements.post'> | null {
  if (entry.path !== 'movements.post') return null
  const [line, ...others] = entry.input.lines
  if (line === undefined || others.length > 0 || line.type === 'reversal') return null
  const { commandId: _id, occurredAt: _time, ...input } = entry.input
  const isPacked = typeof line.packagingId === 'string'
  return { ...input, lines: [{ ...line, quantity: isPacked ? String(quantity) : quantity }] }
}
