import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inSnapshot, locations, partners, products, type Tx } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { namedRow } from '../../masterData/rows.ts'
import { namedPackaging } from '../products/namedPackaging.ts'
import { toBaseUnits } from '../movements/quantity.ts'
import { isLocationInside } from '../locations/warehouseScope.sql.ts'
import { suits } from '../reservations/allocation.ts'
import { shareOut, usable } from '../reservations/availability.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import { type Goods, goodsInside } from '../reservations/goods.sql.ts'
import {
  findReservation,
  openReservations,
  readNow,
  runsOutBy,
} from '../reservations/reservations.sql.ts'
import { refuseShipment } from '../reservations/shipment.ts'
import { firstToExpireFirst } from './firstToExpire.ts'

type Input = ParsedInput<typeof contract.stock.suggestPick>

/** At most so many places that were passed over are told in one answer. */
const told = 200

/** Which goods to take so that the first to expire go first, and what must be left. */
export function suggestPick(db: Db, actor: Actor, input: Input) {
  return inSnapshot(db, (tx) => suggest(tx, actor, input))
}

async function suggest(tx: Tx, actor: Actor, input: Input) {
  const { productId } = input
  const now = await readNow(tx)
  const on = input.on ?? dayOf(now)
  const { product, packaging, partner, reservation } = await findNamed(tx, actor, input)
  const requested = toBaseUnits(input.quantity, packaging?.factor ?? 1)
  const refusal = reservation && refuseShipment(reservation, requested, now)
  if (refusal) throw refusal
  const minimumShelfLifeDays = Math.max(
    input.minimumShelfLifeDays ?? 0,
    product.minimumShelfLifeDays ?? 0,
    partner?.minimumShelfLifeDays ?? 0,
  )

  const goods = await goodsInside(tx, [productId], actor.warehouseIds)
  const active = (await openReservations(tx, [productId])).filter((one) => !runsOutBy(one, now))
  const free = shareOut(usable(goods, on), active, reservation?.id)
  const asked = { locationId: input.locationId ?? null, lotId: null }
  const candidates = goods.filter(
    (one) => suits(one, asked) && (!reservation || suits(one, reservation)),
  )
  const picks: Picked[] = []
  const leftOut: LeftOut[] = []
  let missing = requested
  for (const one of await firstToExpireFirst(tx, candidates)) {
    const reason =
      whyUnavailable(one, on) ?? (lives(one, on, minimumShelfLifeDays) ? null : 'short_lived')
    if (reason) {
      leftOut.push({ ...one, reason })
      continue
    }
    const wanted = Math.min(missing, one.quantity)
    const quantity = free.serve(one, wanted)
    if (quantity > 0) picks.push({ ...one, quantity })
    if (quantity < wanted)
      leftOut.push({ ...one, reason: 'held', quantity: one.quantity - quantity })
    missing -= quantity
  }
  return {
    on,
    minimumShelfLifeDays,
    requested,
    picked: requested - missing,
    short: missing,
    picks,
    leftOut: leftOut.slice(0, told),
  }
}

type Picked = Goods
type LeftOut = Goods & { reason: 'hold' | 'recalled' | 'expired' | 'short_lived' | 'held' }

/** Whether goods are good for at least so many days after a day. */
function lives({ expiresOn }: Goods, day: string, days: number): boolean {
  return expiresOn === null || Date.parse(expiresOn) - Date.parse(day) >= days * 86_400_000
}

async function findNamed(tx: Tx, { warehouseIds }: Actor, input: Input) {
  const { productId, locationId, partnerId, reservationId } = input
  const as = (field: keyof Input) => ({ entity: 'pick', field })
  const product = await namedRow(tx, products, productId, as('productId'))
  const missing = (field: keyof Input, value: string) =>
    new StockError('REFERENCE_NOT_FOUND', { ...as(field), value })
  await namedRow(tx, locations, locationId, as('locationId'))
  if (locationId && !(await isLocationInside(tx, locationId, warehouseIds))) {
    throw missing('locationId', locationId)
  }
  const packaging = await namedPackaging(tx, 'pick', input)
  const partner = await namedRow(tx, partners, partnerId, as('partnerId'))
  const reservation = reservationId ? await findReservation(tx, reservationId) : null
  const isUsable =
    reservation?.productId === productId &&
    (await isLocationInside(tx, reservation.locationId, warehouseIds))
  if (reservationId && !isUsable) throw missing('reservationId', reservationId)
  return { product, packaging, partner, reservation }
}
