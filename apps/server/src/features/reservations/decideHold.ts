import type { contract, ParsedInput } from '@stockbook/client/contract'
import { locations, lots, partners, products, reservations, type Tx } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { namedRow, namedRows } from '../../masterData/rows.ts'
import { refuseOutside } from '../locations/refuseOutside.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import { keyText } from '../movements/book.sql.ts'
import { toBaseUnits } from '../movements/quantity.ts'
import { namedPackaging } from '../products/namedPackaging.ts'
import type { Allocation } from './allocation.ts'
import { shareOut, sumOf, usable } from './availability.ts'
import { insertChanges } from './changes.ts'
import type { Decision } from './command.ts'
import { type Goods, goodsOf } from './goods.sql.ts'
import { lockGoods, openReservations, readNow, runsOutBy } from './reservations.sql.ts'

type HoldInput = ParsedInput<typeof contract.reservations.hold>

type WantedLine = Pick<HoldInput, 'productId' | 'locationId' | 'lotId' | 'quantity' | 'packagingId'>

/** Goods that are to be set aside together. */
export type Wanted = Pick<
  HoldInput,
  'commandId' | 'expiresAt' | 'expiresInMinutes' | 'partnerId' | 'reference' | 'note'
> & {
  lines: readonly WantedLine[]
  /** Whether a line may get less than it wants. At least one must get something. */
  isPartial: boolean
}

type NamedLine = Awaited<ReturnType<typeof findNamed>>[number]
type ServedLine = NamedLine & { had: number }

/** Whether two lines want the same goods. */
export const isSameClaim = (
  one: Pick<WantedLine, 'productId' | 'locationId' | 'lotId'>,
  other: Pick<WantedLine, 'productId' | 'locationId' | 'lotId'>,
) =>
  one.productId === other.productId &&
  one.locationId === other.locationId &&
  one.lotId === other.lotId

/** Decides what each line gets: the first line first, of what those who came before leave. */
export async function decideHold(tx: Tx, actor: Actor, wanted: Wanted): Promise<Decision> {
  const productIds = [...new Set(wanted.lines.map(({ productId }) => productId))]
  await refuseOutside(
    tx,
    actor.warehouseIds,
    wanted.lines.map(({ locationId }) => ({ field: 'locationId', locationId })),
  )
  const locked = new Set((await lockGoods(tx, productIds)).map(keyText))
  const named = await findNamed(tx, wanted.lines)
  const partner = await namedRow(tx, partners, wanted.partnerId, as('partnerId'), { kept: true })
  const at = await readNow(tx)
  const expiresAt = endOf(wanted, at)
  const day = dayOf(at)

  const refusal = refuseArchived(named, partner) ?? refuseUnavailableLot(named, day)
  if (refusal) return { at, refusal }
  const present = await goodsOf(tx, productIds)
  const goods = usable(
    present.filter((one) => locked.has(keyText(one))),
    day,
  )
  const active = (await openReservations(tx, productIds)).filter((one) => !runsOutBy(one, at))
  const allocations = new Map<string, Allocation>(
    productIds.map((id) => [
      id,
      shareOut(
        goods.filter(({ productId }) => productId === id),
        active.filter(({ productId }) => productId === id),
      ),
    ]),
  )
  const served = named.map((line) => ({
    ...line,
    had: allocations.get(line.product.id)!.serve(line, line.quantity),
  }))
  const isShort = served.some(({ had, quantity }) => had < quantity)
  if (isShort && (!wanted.isPartial || served.every(({ had }) => had === 0))) {
    return { at, refusal: refuseShort(served, goods) }
  }

  return {
    at,
    refusal: null,
    async write(tx) {
      const { commandId, partnerId, reference, note } = wanted
      const rows = await tx
        .insert(reservations)
        .values(
          served
            .filter(({ had }) => had > 0)
            .map(({ productId, locationId, lotId, had }) => ({
              commandId,
              productId,
              locationId,
              lotId,
              quantity: had,
              expiresAt,
              partnerId,
              reference,
              note,
              createdBy: actor.id,
              createdAt: at,
              updatedAt: at,
            })),
        )
        .returning()
      await insertChanges(
        tx,
        rows.map((reservation) => ({
          reservation,
          kind: 'held',
          quantity: reservation.quantity,
          commandId,
          actorId: actor.id,
        })),
        at,
      )
      return rows.map(({ id }) => ({ id, before: null }))
    },
  }
}

function endOf({ expiresAt, expiresInMinutes }: Wanted, at: Date): Date | null {
  if (expiresInMinutes !== undefined) return new Date(at.getTime() + expiresInMinutes * 60_000)
  if (expiresAt === undefined) return null
  if (expiresAt > at) return expiresAt
  throw new StockError('INVALID_INPUT', {
    issues: [{ path: ['expiresAt'], message: 'must lie in the future' }],
  })
}

const as = (field: keyof HoldInput) => ({ entity: 'reservation', field })

async function findNamed(tx: Tx, lines: readonly WantedLine[]) {
  const kept = { kept: true }
  const productIds = lines.map(({ productId }) => productId)
  const productOf = await namedRows(tx, products, productIds, as('productId'))
  const locationIds = lines.map(({ locationId }) => locationId)
  const locationOf = await namedRows(tx, locations, locationIds, as('locationId'), kept)
  const lotIds = lines.flatMap(({ lotId }) => lotId ?? [])
  const lotOf = await namedRows(tx, lots, lotIds, as('lotId'), kept)
  const named = []
  for (const line of lines) {
    const { productId, locationId, lotId } = line
    const [product, location] = [productOf.get(productId)!, locationOf.get(locationId)!]
    const lot = lotId === null ? null : lotOf.get(lotId)!
    if (lot && (product.tracking !== 'lot' || lot.productId !== productId)) {
      throw new StockError('LOT_NOT_ALLOWED', { productId, sku: product.sku, lotId })
    }
    const packaging = await namedPackaging(tx, 'reservation', line)
    const quantity = toBaseUnits(line.quantity, packaging?.factor ?? 1)
    named.push({ productId, locationId, lotId, product, location, lot, packaging, quantity })
  }
  return named
}

type Archivable = { id: string; archivedAt: Date | null } | null

function refuseArchived(named: readonly NamedLine[], partner: Archivable): StockError | null {
  const parts = [
    ...named.flatMap(({ product, location, lot, packaging }) =>
      Object.entries<Archivable>({ product, location, lot, packaging }),
    ),
    ['partner', partner] as const,
  ]
  const [entity, row] = parts.find(([, part]) => part?.archivedAt) ?? []
  return row ? new StockError('ARCHIVED', { entity, id: row.id }) : null
}

function refuseUnavailableLot(named: readonly NamedLine[], day: string): StockError | null {
  for (const { lot } of named) {
    if (!lot) continue
    const { id: lotId, code, status: lotStatus, expiresOn } = lot
    const status = whyUnavailable({ lotStatus, expiresOn }, day)
    if (status) return new StockError('LOT_NOT_AVAILABLE', { lotId, lot: code, status, expiresOn })
  }
  return null
}

/** Tells of lines that want the same goods what they want together. */
function refuseShort(served: readonly ServedLine[], goods: readonly Goods[]): StockError {
  const claims = served.filter(
    (line, index) => served.findIndex((one) => isSameClaim(one, line)) === index,
  )
  const shortages = claims.flatMap((claim) => {
    const same = served.filter((line) => isSameClaim(line, claim))
    const available = same.reduce((sum, { had }) => sum + had, 0)
    const requested = same.reduce((sum, { quantity }) => sum + quantity, 0)
    if (available === requested) return []
    const { productId, product, locationId, location, lotId } = claim
    const its = goods.filter((one) => one.productId === productId)
    return [
      {
        productId,
        sku: product.sku,
        locationId,
        location: location.code,
        lotId,
        available,
        requested,
        held: sumOf(its, claim) - available,
      },
    ]
  })
  return new StockError('INSUFFICIENT_STOCK', { ...shortages[0], shortages })
}
