import type { contract, ParsedInput } from '@stockbook/client/contract'
import {
  type Db,
  inSnapshot,
  locations,
  lots,
  partners,
  products,
  reservations,
  type Tx,
} from '@stockbook/db'
import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { pathsOf } from '../locations/paths.sql.ts'
import { isInside as isPlaceInside, isPathInside } from '../locations/warehouseScope.sql.ts'
import { type Claim, createAllocation, suits } from '../reservations/allocation.ts'
import { sumOf, usable } from '../reservations/availability.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import { type Goods, goodsInside } from '../reservations/goods.sql.ts'
import { openOf } from '../reservations/life.ts'
import {
  openReservations,
  readNow,
  type ReservationRow,
  runsOutBy,
} from '../reservations/reservations.sql.ts'

type Input = ParsedInput<typeof contract.stock.explain>

/** At most this many places and reservations are told in one answer. */
const told = 200

/** Why so much of a product is available at a place, of a lot. */
export function explainStock(db: Db, actor: Actor, input: Input) {
  return inSnapshot(db, (tx) => explain(tx, actor, input))
}

async function explain(tx: Tx, actor: Actor, { productId, locationId, lotId }: Input) {
  const asked: Claim = { locationId: locationId ?? null, lotId: lotId ?? null }
  const product = await findProduct(tx, productId)
  await refuseMissing(tx, actor, productId, asked)
  const now = await readNow(tx)
  const day = dayOf(now)
  const goods = await goodsInside(tx, [productId], actor.warehouseIds)
  const held = await openReservations(tx, [productId])
  const places = await pathsOf(
    tx,
    held.map((one) => one.locationId),
  )
  const active = held.filter(
    (one) => !runsOutBy(one, now) && isPathInside(places.get(one.locationId)!, actor.warehouseIds),
  )

  const allocation = createAllocation(usable(goods, day))
  const shares = active.map((reservation) => ({
    reservation,
    open: openOf(reservation),
    had: allocation.serve(reservation, openOf(reservation)),
  }))
  const isInside = ({ locationId: at, lotId: of }: ReservationRow) =>
    suits({ path: places.get(at)!, lotId: of }, asked)
  const inside = shares.filter(({ reservation }) => isInside(reservation))
  const overlapping = shares.filter(
    ({ reservation }) =>
      isInside(reservation) || goods.some((one) => suits(one, asked) && suits(one, reservation)),
  )

  const onHand = sumOf(goods, asked)
  const heldInside = sum(inside.map(({ open }) => open))
  const had = sum(inside.map((share) => share.had))
  const available = allocation.available(asked)
  const here = goods.filter((one) => suits(one, asked))
  return {
    ...product,
    onHand,
    unavailable: {
      hold: sumUnavailable(here, day, 'hold'),
      recalled: sumUnavailable(here, day, 'recalled'),
      expired: sumUnavailable(here, day, 'expired'),
    },
    held: heldInside,
    short: heldInside - had,
    heldFurtherOut: sumOf(usable(goods, day), asked) - had - available,
    available,
    reservations: await nameReservations(
      tx,
      overlapping
        .slice(0, told)
        .map((share) => ({ ...share, isInside: isInside(share.reservation) })),
    ),
    levels: here.slice(0, told).map((one) => {
      const unavailable = whyUnavailable(one, day)
      const { quantity, locationId, locationCode, lotId, lotCode, expiresOn } = one
      return {
        locationId,
        locationCode,
        lotId,
        lotCode,
        expiresOn,
        onHand: quantity,
        unavailable,
        available: unavailable ? 0 : allocation.available({ locationId, lotId }),
      }
    }),
  }
}

async function findProduct(tx: Tx, productId: string) {
  const [product] = await tx
    .select({
      productId: products.id,
      sku: products.sku,
      productName: products.name,
      baseUnit: products.baseUnit,
    })
    .from(products)
    .where(eq(products.id, productId))
  if (!product) throw new StockError('NOT_FOUND', { entity: 'product', id: productId })
  return product
}

async function refuseMissing(
  tx: Tx,
  { warehouseIds }: Actor,
  productId: string,
  { locationId, lotId }: Claim,
) {
  const isThere = (id: string) =>
    and(eq(locations.id, id), isPlaceInside(locations.id, warehouseIds))
  if (locationId && (await tx.$count(locations, isThere(locationId))) === 0) {
    throw new StockError('NOT_FOUND', { entity: 'location', id: locationId })
  }
  if (!lotId) return
  const [lot] = await tx.select().from(lots).where(eq(lots.id, lotId))
  if (!lot) throw new StockError('NOT_FOUND', { entity: 'lot', id: lotId })
  if (lot.productId !== productId) throw new StockError('LOT_NOT_ALLOWED', { productId, lotId })
}

type Share = { reservation: ReservationRow; open: number; had: number; isInside: boolean }

async function nameReservations(tx: Tx, shares: readonly Share[]) {
  const names = await tx
    .select({
      id: reservations.id,
      locationCode: locations.code,
      lotCode: lots.code,
      partnerName: partners.name,
    })
    .from(reservations)
    .innerJoin(locations, eq(locations.id, reservations.locationId))
    .leftJoin(lots, eq(lots.id, reservations.lotId))
    .leftJoin(partners, eq(partners.id, reservations.partnerId))
    .where(
      inArray(
        reservations.id,
        shares.map(({ reservation }) => reservation.id),
      ),
    )
  const byId = new Map(names.map((row) => [row.id, row]))
  return shares.map(({ reservation, open, had, isInside }) => {
    const { status, locationId, lotId, expiresAt, partnerId, reference } = reservation
    return {
      ...byId.get(reservation.id)!,
      status,
      locationId,
      lotId,
      open,
      short: open - had,
      isInside,
      expiresAt,
      partnerId,
      reference,
    }
  })
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function sumUnavailable(goods: readonly Goods[], day: string, reason: string): number {
  return sum(goods.map((one) => (whyUnavailable(one, day) === reason ? one.quantity : 0)))
}
