import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { decideOnce } from './command.ts'
import { decideHold, isSameClaim } from './decideHold.ts'
import type { Reservation } from './reservations.ts'
import { idsHeldBy } from './reservations.sql.ts'

type Input = ParsedInput<typeof contract.reservations.holdOrder>

/** Sets the goods of an order aside, line by line: all of them, or as much as there is. */
export async function holdOrder(db: Db, actor: Actor, { commandId, ...content }: Input) {
  const { partial, lines, partnerId, reference, note, expiresAt, expiresInMinutes } = content
  const header = { commandId, partnerId, reference, note }
  const { replayed, reservations } = await decideOnce(
    db,
    actor,
    { ...header, kind: 'hold', content },
    (tx) =>
      decideHold(tx, actor, {
        ...header,
        expiresAt,
        expiresInMinutes,
        lines: lines.map((line) => ({ ...line, packagingId: null })),
        isPartial: partial,
      }),
    (tx) => idsHeldBy(tx, commandId, [...new Set(lines.map(({ productId }) => productId))]),
  )
  return { replayed, lines: outcomesOf(lines, reservations) }
}

/** What each line was given. Of lines that want the same, those that got nothing are the last. */
function outcomesOf(lines: Input['lines'], inOrder: readonly Reservation[]) {
  const left = [...inOrder]
  return lines.map((line) => {
    const index = left.findIndex((one) => isSameClaim(one, line))
    const reservation = index < 0 ? null : left.splice(index, 1)[0]!
    const held = reservation?.quantity ?? 0
    return { requested: line.quantity, held, short: line.quantity - held, reservation }
  })
}
