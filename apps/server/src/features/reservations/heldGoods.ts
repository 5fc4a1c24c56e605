import { type Key, keyText } from '../movements/book.sql.ts'
import { type BookState, sidesOf } from '../movements/bookState.ts'
import type { Line } from '../movements/lines.ts'
import { createAllocation } from './allocation.ts'
import { usable } from './availability.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import type { Goods } from './goods.sql.ts'
import { afterChange, openOf } from './life.ts'
import { reopeningsBy } from './reopening.ts'
import type { ReservationChange } from './changes.ts'
import type { ReservationRow } from './reservations.sql.ts'
import { changesOfShortness, served } from './shortages.ts'

/** What lines take that others hold. */
export type Shortage = Key & {
  /** Base units that may be taken from there. */
  available: number
  /** Base units that the lines take from there. */
  requested: number
  /** Base units there that are set aside for others. */
  held: number
}

type By = Pick<ReservationChange, 'commandId' | 'actorId'>

/** The goods of one product of which something is held, while one command after another moves them. */
export type HeldGoods = {
  /**
   * What lines take that others hold. Corrections and reversals are the truth, and are not held
   * back by anybody. What goes out or elsewhere must leave every reservation what it can have; who
   * ships against a reservation may take what that one can have. Changes nothing.
   */
  shortagesOf(lines: readonly Line[]): Shortage[]
  /** Takes lines into account, and gives what they do to the reservations. */
  accept(lines: readonly Line[], by: By): ReservationChange[]
}

/** What one product is judged by. */
export type HeldProduct = {
  /** All of it that is on hand. */
  goods: readonly Goods[]
  /** What holds some of it: the first come first. */
  reservations: readonly ReservationRow[]
  /** What holds nothing, until what was shipped against it is taken back. */
  closed: readonly ReservationRow[]
}

/** @param pathOf a bin, and every location that it stands in */
export function createHeldGoods(
  book: BookState,
  pathOf: (locationId: string) => readonly string[],
  product: HeldProduct,
): HeldGoods {
  const { now, named } = book
  const day = dayOf(now)
  let goods = new Map(product.goods.map((one) => [keyText(one), one]))
  let reservations = product.reservations
  let closed = product.closed

  const mayGoOut = (key: Key) => whyUnavailable(goodsAt(key), day) === null

  /** Goods of a key, of which there may be none yet. */
  function goodsAt({ productId, locationId, lotId }: Key): Goods {
    const lot = named.lots.get(lotId ?? '')
    return {
      productId,
      locationId,
      locationCode: named.locations.get(locationId)?.code ?? '',
      pickSequence: null,
      path: pathOf(locationId),
      lotId,
      lotCode: lot?.code ?? null,
      lotStatus: lot?.status ?? null,
      expiresOn: lot?.expiresOn ?? null,
      quantity: 0,
      ...goods.get(keyText({ productId, locationId, lotId })),
    }
  }

  /** The goods with changes made to them. */
  function after(changes: readonly Change[]): Map<string, Goods> {
    const changed = new Map(goods)
    for (const { change, ...key } of changes) {
      const before = changed.get(keyText(key)) ?? goodsAt(key)
      changed.set(keyText(key), { ...before, quantity: before.quantity + change })
    }
    return changed
  }

  const reopenedBy = (lines: readonly Line[]) =>
    reopeningsBy(lines, (id) => [...reservations, ...closed].find((one) => one.id === id), book)

  function shortagesOf(lines: readonly Line[]): Shortage[] {
    const { corrections, gains, takes } = partsOf(lines)
    const judged = takes.filter(mayGoOut)
    if (judged.length === 0) return []
    // What each can have: what is lost is nobody's any more, what comes in is nobody's yet.
    const claims = served(usable(presentOf(after(losses(corrections))), day), reservations)
    const reversed = reopenedBy(lines)
    for (const { reservation, quantity } of reversed) {
      claims.set(reservation.id, (claims.get(reservation.id) ?? 0) + quantity)
    }
    const claimants =
      reversed.length === 0
        ? reservations
        : inOrder([...reservations, ...reversed.map(({ reservation }) => reservation)])
    const supply = after([...corrections, ...gains])
    return judged.flatMap((take) => {
      const one = supply.get(keyText(take)) ?? goodsAt(take)
      const allocation = createAllocation(usable(presentOf(supply), day))
      for (const { id, locationId, lotId } of claimants) {
        if (id !== take.reservationId) allocation.serve({ locationId, lotId }, claims.get(id)!)
      }
      const available = allocation.available(take)
      if (available < take.quantity) {
        const { productId, locationId, lotId, quantity: requested } = take
        const held = Math.max(one.quantity, 0) - available
        return [{ productId, locationId, lotId, available, requested, held }]
      }
      supply.set(keyText(take), { ...one, quantity: one.quantity - take.quantity })
      if (take.reservationId !== null) {
        const claim = claims.get(take.reservationId)!
        claims.set(take.reservationId, Math.max(0, claim - take.quantity))
      }
      return []
    })
  }

  function accept(lines: readonly Line[], by: By): ReservationChange[] {
    const { corrections, gains, takes } = partsOf(lines)
    const reversed = reopenedBy(lines).map((change) => ({ ...change, ...by }))
    const mayLeaveShort =
      losses(corrections).length > 0 ||
      reversed.length > 0 ||
      !takes.every(mayGoOut) ||
      reservations.some(({ short }) => short > 0)
    const taken = takes.map(({ quantity, ...key }) => ({ ...key, change: -quantity }))
    goods = after([...corrections, ...gains, ...taken])
    apply(reversed)
    const shipped = takes.flatMap(({ reservationId, quantity }) => {
      const reservation = reservations.find(({ id }) => id === reservationId)
      return reservation ? [{ reservation, kind: 'shipped' as const, quantity, ...by }] : []
    })
    apply(shipped)
    if (!mayLeaveShort) return shipped
    const shortness = changesOfShortness(presentOf(goods), reservations, now, by)
    apply(shortness)
    return [...reversed, ...shipped, ...shortness]
  }

  function apply(changes: readonly ReservationChange[]): void {
    if (changes.length === 0) return
    let all = [...reservations, ...closed]
    for (const { reservation, ...change } of changes) {
      all = all.map((one) =>
        one.id === reservation.id ? { ...one, ...afterChange(one, change) } : one,
      )
    }
    reservations = inOrder(all.filter((one) => openOf(one) > 0))
    closed = all.filter((one) => openOf(one) === 0)
  }

  return { shortagesOf, accept }
}

/** Each once: the first come first. */
function inOrder(reservations: readonly ReservationRow[]): ReservationRow[] {
  const byId = new Map(reservations.map((one) => [one.id, one]))
  return [...byId.values()].toSorted(
    (one, other) =>
      one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
  )
}

type Change = Key & { change: number }
type Take = Key & { quantity: number; reservationId: string | null }

/** The lines as: what corrects the book, what comes somewhere, and what is taken from somewhere. */
function partsOf(lines: readonly Line[]) {
  const corrections = new Map<string, Change>()
  const gains: Change[] = []
  const takes = new Map<string, Take>()
  for (const line of lines) {
    const isCorrection = line.type === 'adjustment' || line.reversesId !== null
    for (const { change, ...key } of sidesOf(line)) {
      const text = keyText(key)
      if (isCorrection) {
        corrections.set(text, { ...key, change: (corrections.get(text)?.change ?? 0) + change })
      } else if (change > 0) {
        gains.push({ ...key, change })
      } else {
        const { reservationId } = line
        const its = `${text} ${reservationId}`
        const quantity = (takes.get(its)?.quantity ?? 0) - change
        takes.set(its, { ...key, quantity, reservationId })
      }
    }
  }
  const all = [...takes.values()]
  return {
    corrections: [...corrections.values()],
    gains,
    // Who holds comes first, so that a command does not take from itself what it holds.
    takes: [
      ...all.filter(({ reservationId }) => reservationId !== null),
      ...all.filter(({ reservationId }) => reservationId === null),
    ],
  }
}

const losses = (changes: readonly Change[]) => changes.filter(({ change }) => change < 0)

/** What there is: a command whose corrections go below zero has not been judged by the book yet. */
const presentOf = (goods: ReadonlyMap<string, Goods>) =>
  [...goods.values()].filter(({ quantity }) => quantity > 0)
