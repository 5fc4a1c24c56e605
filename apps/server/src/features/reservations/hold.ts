import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { decideOnce } from './command.ts'
import { decideHold } from './decideHold.ts'
import { idsHeldBy } from './reservations.sql.ts'

type Input = ParsedInput<typeof contract.reservations.hold>

/** Sets goods aside, so that nobody else can ship or move them out of the place. */
export async function holdGoods(db: Db, actor: Actor, { commandId, ...content }: Input) {
  const { partnerId, reference, note, expiresAt, expiresInMinutes, ...line } = content
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
        lines: [line],
        isPartial: false,
      }),
    (tx) => idsHeldBy(tx, commandId, [line.productId]),
  )
  return { replayed, reservation: reservations[0]! }
}
