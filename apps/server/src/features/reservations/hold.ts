import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, locations, lots, partners, products, reservations, type Tx } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { namedRow } from '../../masterData/rows.ts'
import { namedPackaging } from '../products/namedPackaging.ts'
import { toBaseUnits } from '../movements/quantity.ts'
import { shareOut, sumOf, usable } from './availability.ts'
import { type Decision, decideOnce } from './command.ts'
import { dayOf, whyUnavailable } from '../lots/unavailable.ts'
import { goodsOf } from './goods.sql.ts'
import { insertChanges } from './changes.ts'
import { lockGoods, openReservations, readNow, runsOutBy } from './reservations.sql.ts'

type Input = ParsedInput<typeof contract.reservations.hold>

/** Sets goods aside, so that nobody else can ship or move them out of the place. */
export function holdGoods(db: Db, actor: Actor, { commandId, ...content }: Input) {
  const { partnerId, reference, note } = content
  return decideOnce(
    db,
    actor,
    { kind: 'hold', commandId, content, partnerId, reference, note },
    (tx) => decideHold(tx, actor, { commandId, ...content }),
    async (tx) => {
      const [row] = await tx
        .select({ id: reservations.id })
        .from(reservations)
        .where(eq(reservations.commandId, commandId))
      return row!.id
    },
  )
}

async function decideHold(tx: Tx, actor: Actor, input: Input): Promise<Decision> {
  await lockGoods(tx, input.productId)
  const { product, location, lot, packaging, archived } = await findNamed(tx, input)
  const quantity = toBaseUnits(input.quantity, packaging?.factor ?? 1)
  const at = await readNow(tx)
  const expiresAt = endOf(input, at)

  const refuse = (refusal: StockError): Decision => ({ at, before: null, refusal })
  if (archived) return refuse(new StockError('ARCHIVED', archived))
  const day = dayOf(at)
  const status = lot && whyUnavailable({ lotStatus: lot.status, expiresOn: lot.expiresOn }, day)
  if (lot && status) {
    const { id: lotId, code, expiresOn } = lot
    return refuse(new StockError('LOT_NOT_AVAILABLE', { lotId, lot: code, status, expiresOn }))
  }

  const goods = await goodsOf(tx, [product.id])
  const open = await openReservations(tx, [product.id])
  const active = open.filter((one) => !runsOutBy(one, at))
  const available = shareOut(usable(goods, day), active).available(input)
  if (available < quantity) {
    const shortage = {
      productId: product.id,
      sku: product.sku,
      locationId: location.id,
      location: location.code,
      lotId: input.lotId,
      available,
      requested: quantity,
      held: sumOf(usable(goods, day), input) - available,
    }
    return refuse(new StockError('INSUFFICIENT_STOCK', { ...shortage, shortages: [shortage] }))
  }

  return {
    at,
    before: null,
    refusal: null,
    async write(tx) {
      const { commandId, productId, locationId, lotId, partnerId, reference, note } = input
      const [reservation] = await tx
        .insert(reservations)
        .values({
          commandId,
          productId,
          locationId,
          lotId,
          quantity,
          expiresAt,
          partnerId,
          reference,
          note,
          createdBy: actor.id,
          createdAt: at,
          updatedAt: at,
        })
        .returning()
      const held = { kind: 'held' as const, quantity, commandId, actorId: actor.id }
      await insertChanges(tx, [{ reservation: reservation!, ...held }], at)
      return reservation!.id
    },
  }
}

function endOf({ expiresAt, expiresInMinutes }: Input, at: Date): Date | null {
  if (expiresInMinutes !== undefined) return new Date(at.getTime() + expiresInMinutes * 60_000)
  if (expiresAt === undefined) return null
  if (expiresAt > at) return expiresAt
  throw new StockError('INVALID_INPUT', {
    issues: [{ path: ['expiresAt'], message: 'must lie in the future' }],
  })
}

async function findNamed(tx: Tx, input: Input) {
  const { productId, locationId, lotId, partnerId } = input
  const as = (field: keyof Input) => ({ entity: 'reservation', field })
  const kept = { kept: true }
  const product = await namedRow(tx, products, productId, as('productId'))
  const location = await namedRow(tx, locations, locationId, as('locationId'), kept)
  const lot = await namedRow(tx, lots, lotId, as('lotId'), kept)
  if (lot && (product.tracking !== 'lot' || lot.productId !== productId)) {
    throw new StockError('LOT_NOT_ALLOWED', { productId, sku: product.sku, lotId })
  }
  const packaging = await namedPackaging(tx, 'reservation', input)
  const partner = await namedRow(tx, partners, partnerId, as('partnerId'), kept)
  const parts = Object.entries({ product, location, lot, packaging, partner })
  const [entity, row] = parts.find(([, part]) => part?.archivedAt) ?? []
  return { product, location, lot, packaging, archived: row ? { entity, id: row.id } : null }
}
