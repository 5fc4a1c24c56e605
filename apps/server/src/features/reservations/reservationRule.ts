import { preparedStatement, type Tx } from '@stockbook/db'
import { StockError } from '../../errors.ts'
import { pathsOf } from '../locations/paths.sql.ts'
import { isPathInside, type WarehouseScope } from '../locations/warehouseScope.sql.ts'
import { keyText } from '../movements/book.sql.ts'
import { type BookState, sidesOf } from '../movements/bookState.ts'
import { invalidLine, type Line } from '../movements/lines.ts'
import type { LoadedRule, ResolvedCommand, Rule } from '../movements/rules.ts'
import { goodsOf } from './goods.sql.ts'
import { createHeldGoods, type HeldGoods } from './heldGoods.ts'
import { afterChange, openOf } from './life.ts'
import { mayReopen, reopeningsBy, takenBackFrom } from './reopening.ts'
import { type ReservationChange, writeChanges } from './changes.ts'
import {
  findReservations,
  openReservations,
  type ReservationRow,
  runsOutBy,
} from './reservations.sql.ts'
import { refuseShipment } from './shipment.ts'

const lockHeldProducts = preparedStatement<{ id: string }>(
  'lock_held_products',
  `select id from products where id = any($1::uuid[]) and exists (
    select from reservations where product_id = products.id and shipped + released < quantity)
  order by id for no key update`,
)

/** The same, and some others that are held again. */
const lockHeldAndOtherProducts = preparedStatement<{ id: string }>(
  'lock_held_and_other_products',
  `select id from products where id = any($2::uuid[]) or (id = any($1::uuid[]) and exists (
    select from reservations where product_id = products.id and shipped + released < quantity))
  order by id for no key update`,
)

const findHeldProducts = preparedStatement<{ id: string }>(
  'find_held_products',
  `select distinct product_id as id from reservations
  where product_id = any($1::uuid[]) and shipped + released < quantity`,
)

/** At most this many shortages are told in one refusal. */
const toldShortages = 100

type Ids = Promise<{ id: string }[]>

/** For each transaction the products that it has locked, and those of which something is held. */
const productsOf = new WeakMap<Tx, { locked: Ids; held: Ids }>()

/**
 * What is held is nobody else's. Products of which something is held are moved by one transaction at
 * a time, since a hold of a warehouse concerns all its bins; all others are not slowed by this.
 */
export const reservationRule: Rule = {
  async lockFirst(tx, productIds, wholeProductIds) {
    const locked =
      wholeProductIds.length === 0
        ? lockHeldProducts(tx, productIds)
        : lockHeldAndOtherProducts(tx, productIds, wholeProductIds)
    productsOf.set(tx, { locked, held: Promise.resolve([]) })
    await locked
  },

  async ask(tx, productIds) {
    const held = findHeldProducts(tx, productIds)
    productsOf.get(tx)!.held = held
    await held
  },

  async load(tx, commands, book) {
    const products = productsOf.get(tx)!
    const held = await products.held
    const named = reservationsNamedBy(commands, book)
    if (held.length === 0 && named.length === 0) return {}
    const locked = new Set((await products.locked).map(({ id }) => id))
    if (held.some(({ id }) => !locked.has(id))) await tryAgain(tx)
    return loadHeld(
      tx,
      commands,
      book,
      held.map(({ id }) => id),
      await findReservations(tx, named),
    )
  },
}

/**
 * Somebody held the first goods of a product while this transaction waited for its levels. Locking the
 * product now could end in a deadlock, so all begins again.
 */
async function tryAgain(tx: Tx): Promise<never> {
  await tx.execute(`do $$ begin raise serialization_failure
    using message = 'a product was reserved for the first time meanwhile'; end $$`)
  throw new Error('not reached: the statement raises an error')
}

async function loadHeld(
  tx: Tx,
  commands: readonly ResolvedCommand[],
  book: BookState,
  heldIds: readonly string[],
  named: readonly ReservationRow[],
): Promise<LoadedRule> {
  const closed = named.filter((one) => openOf(one) === 0 && mayReopen(one, book.now))
  const productIds = [...new Set([...heldIds, ...closed.map(({ productId }) => productId)])]
  const open = await openReservations(tx, heldIds)
  // Of a product of which nothing was held, others may move what has come to a new place meanwhile.
  const goods = (await goodsOf(tx, productIds)).filter(
    (one) => heldIds.includes(one.productId) || book.levels.has(keyText(one)),
  )
  const paths = await pathsOf(tx, [
    ...commands.flatMap(({ lines }) =>
      lines.flatMap((line) => sidesOf(line).map(({ locationId }) => locationId)),
    ),
    ...named.map(({ locationId }) => locationId),
  ])
  const active = open.filter((one) => !runsOutBy(one, book.now))
  const current = new Map([...named, ...active].map((one) => [one.id, one]))
  const held = new Map(
    productIds.map((productId) => [
      productId,
      createHeldGoods(book, (locationId) => paths.get(locationId) ?? [locationId], {
        goods: goods.filter((one) => one.productId === productId),
        reservations: active.filter((one) => one.productId === productId),
        closed: closed.filter((one) => one.productId === productId),
      }),
    ]),
  )
  const written: ReservationChange[] = []
  return {
    refuse: ({ command, lines }) =>
      refuseShipments(
        lines,
        reopened(lines, current, book),
        paths,
        book.now,
        command.actor.warehouseIds,
      ) ?? refuseTakes(lines, held, book),
    accept({ command, lines }) {
      const by = { commandId: command.commandId, actorId: command.actor.id }
      const changes = [...held].flatMap(([productId, one]) =>
        one.accept(
          lines.filter((line) => line.productId === productId),
          by,
        ),
      )
      for (const { reservation, ...change } of changes) {
        const before = current.get(reservation.id)!
        current.set(reservation.id, { ...before, ...afterChange(before, change) })
      }
      written.push(...changes)
    },
    write: (inside) =>
      written.length === 0 ? null : writeChanges(inside, written, book.now).then(() => {}),
  }
}

/**
 * Why something cannot be shipped against the reservations that the lines name.
 * @throws StockError when one does not exist, is not inside, or holds something else
 */
function refuseShipments(
  lines: readonly Line[],
  current: ReadonlyMap<string, ReservationRow>,
  paths: ReadonlyMap<string, readonly string[]>,
  now: Date,
  scope: WarehouseScope,
): StockError | null {
  const requested = new Map<string, number>()
  for (const { reservationId, ...line } of lines) {
    if (reservationId === null) continue
    const reservation = current.get(reservationId)
    if (!reservation || !isPathInside(paths.get(reservation.locationId) ?? [], scope)) {
      throw new StockError('REFERENCE_NOT_FOUND', {
        entity: 'movement',
        line: line.line,
        field: 'reservationId',
        value: reservationId,
      })
    }
    const other = whatDiffers(line, reservation, paths)
    if (other) throw invalidLine(line.line, 'reservationId', `holds goods of another ${other}`)
    const total = (requested.get(reservationId) ?? 0) + line.quantity
    requested.set(reservationId, total)
    const refusal = refuseShipment(reservation, total, now)
    if (refusal) return new StockError(refusal.code, { line: line.line, ...refusal.detail })
  }
  return null
}

function whatDiffers(
  { productId, lotId, fromLocationId }: Omit<Line, 'reservationId'>,
  reservation: ReservationRow,
  paths: ReadonlyMap<string, readonly string[]>,
): string | null {
  if (reservation.productId !== productId) return 'product'
  if (reservation.lotId !== null && reservation.lotId !== lotId) return 'lot'
  return paths.get(fromLocationId ?? '')?.includes(reservation.locationId) ? null : 'place'
}

function refuseTakes(
  lines: readonly Line[],
  held: ReadonlyMap<string, HeldGoods>,
  { named }: BookState,
): StockError | null {
  const shortages = [...held].flatMap(([productId, goods]) =>
    goods
      .shortagesOf(lines.filter((line) => line.productId === productId))
      .map(({ productId: id, locationId, lotId, ...quantities }) => ({
        productId: id,
        sku: named.products.get(id)?.sku,
        locationId,
        location: named.locations.get(locationId)?.code,
        lotId,
        ...quantities,
      })),
  )
  return shortages.length === 0
    ? null
    : new StockError('INSUFFICIENT_STOCK', {
        ...shortages[0],
        shortages: shortages.slice(0, toldShortages),
      })
}

/** The reservations as they are when what was shipped against them has been taken back. */
function reopened(
  lines: readonly Line[],
  current: ReadonlyMap<string, ReservationRow>,
  book: BookState,
): ReadonlyMap<string, ReservationRow> {
  const after = new Map(current)
  for (const { reservation, ...change } of reopeningsBy(lines, (id) => current.get(id), book)) {
    const before = after.get(reservation.id)!
    after.set(reservation.id, { ...before, ...afterChange(before, change) })
  }
  return after
}

const reservationsNamedBy = (commands: readonly ResolvedCommand[], book: BookState) => [
  ...new Set(
    commands.flatMap(({ lines }) =>
      lines.flatMap((line) => line.reservationId ?? takenBackFrom(line, book) ?? []),
    ),
  ),
]
