import type { OutboxEntry } from '@stockbook/client/outbox'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Words } from '../messages/format.ts'

/** Says in a sentence what a command does. */
export function describeEntry(
  entry: OutboxEntry,
  catalogue: Catalogue | null,
  words: Words,
): string {
  const { describe } = words
  if (entry.path === 'movements.reverse') return describe.undo
  if (entry.path === 'checks.count') return describe.count(words.number(entry.input.quantity))
  if (entry.path !== 'movements.post') return describe.other
  const [line] = entry.input.lines
  if (line === undefined || line.type === 'reversal' || line.type === 'adjustment') {
    return describe.other
  }
  const product = catalogue?.product(line.productId)
  const goods = product?.name ?? describe.unknownGoods
  const place = (id: string) => catalogue?.location(id)?.code ?? describe.unknownPlace
  const packaging = product?.packagings.find(({ id }) => id === line.packagingId)
  const unit = packaging?.name ?? product?.baseUnit ?? ''
  const quantity = words.fields.inAll(words.number(Number(line.quantity)), unit)
  switch (line.type) {
    case 'incoming':
      return describe.receive(quantity, goods, place(line.toLocationId))
    case 'outgoing':
      return describe.ship(quantity, goods, place(line.fromLocationId))
    case 'transfer':
      return describe.move(quantity, goods, place(line.fromLocationId), place(line.toLocationId))
  }
}
