import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { Db, Tx } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { isLocationInside } from '../locations/warehouseScope.sql.ts'
import { type Decision, decideOnce } from './command.ts'
import { goodsOf } from './goods.sql.ts'
import { openOf } from './life.ts'
import { writeChanges } from './changes.ts'
import {
  findReservation,
  lockProducts,
  openReservations,
  readNow,
  type ReservationRow,
  runsOutBy,
} from './reservations.sql.ts'
import { changesOfShortness } from './shortages.ts'

type Input = ParsedInput<typeof contract.reservations.release>

/** Gives back what is still held, or some of it. Doing so again changes nothing. */
export async function releaseReservation(db: Db, actor: Actor, { commandId, ...content }: Input) {
  const { replayed, reservations } = await decideOnce(
    db,
    actor,
    { kind: 'release', commandId, content },
    (tx) => decideRelease(tx, actor, { commandId, ...content }),
    async () => [content.id],
  )
  return { replayed, reservation: reservations[0]! }
}

async function decideRelease(tx: Tx, actor: Actor, input: Input): Promise<Decision> {
  const found = await findReservation(tx, input.id)
  if (!found || !(await isLocationInside(tx, found.locationId, actor.warehouseIds))) {
    throw new StockError('NOT_FOUND', { entity: 'reservation', id: input.id })
  }
  await lockProducts(tx, [found.productId])
  const at = await readNow(tx)
  const before = (await findReservation(tx, input.id))!
  const open = runsOutBy(before, at) ? 0 : openOf(before)
  const wasGivenBack = open === 0 && before.shipped < before.quantity
  const requested = input.quantity ?? open
  if (requested > open && !wasGivenBack) {
    const refusal = new StockError('RESERVATION_EXCEEDED', { id: input.id, open, requested })
    return { at, refusal }
  }
  return {
    at,
    refusal: null,
    async write(tx) {
      if (open > 0) await giveBack(tx, before, requested, { commandId: input.commandId, actor, at })
      return [{ id: before.id, before }]
    },
  }
}

type By = { commandId: string; actor: Actor; at: Date }

async function giveBack(tx: Tx, before: ReservationRow, quantity: number, by: By): Promise<void> {
  const { at, commandId } = by
  const author = { commandId, actorId: by.actor.id }
  await writeChanges(tx, [{ reservation: before, kind: 'released', quantity, ...author }], at)
  // Others that had come short may have what this one gave back.
  const goods = await goodsOf(tx, [before.productId])
  const others = await openReservations(tx, [before.productId])
  await writeChanges(tx, changesOfShortness(goods, others, at, author), at)
}
