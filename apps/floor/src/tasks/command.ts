import type { OutboxInput } from '@stockbook/client/outbox'
import type { Draft, Task } from './draft.ts'
import { quantityInput } from './quantity.ts'

/** The command that a complete draft stands for. Its lot, if it has one, is known to the server. */
export function commandOf(task: Task, draft: Draft): OutboxInput<'movements.post'> {
  const { product, lot, packaging, quantity, from, to } = draft
  const goods = {
    productId: product!.id,
    lotId: lot?.known?.id ?? null,
    ...quantityInput(quantity, packaging),
  }
  switch (task) {
    case 'receive':
      return { lines: [{ type: 'incoming', ...goods, toLocationId: to!.id }] }
    case 'ship':
      return { lines: [{ type: 'outgoing', ...goods, fromLocationId: from!.id }] }
    case 'move':
      return {
        lines: [{ type: 'transfer', ...goods, fromLocationId: from!.id, toLocationId: to!.id }],
      }
  }
}
