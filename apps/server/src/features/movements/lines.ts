import type { contract, ParsedInput } from '@stockbook/client/contract'
import { locations, lots, packagings, products, stockMovements, type Tx } from '@stockbook/db'
import { inArray } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { toBaseUnits } from './quantity.ts'

type LineInput = ParsedInput<typeof contract.movements.post>['lines'][number]

/** A line ready for the book: everything it names exists, and its quantity counts base units. */
export type Line = {
  line: number
  type: 'incoming' | 'outgoing' | 'transfer' | 'adjustment'
  productId: string
  lotId: string | null
  fromLocationId: string | null
  toLocationId: string | null
  quantity: number
  packagingId: string | null
  packagingQuantity: string | null
  reason: string | null
  reversesId: number | null
  /** A product, location, lot or packaging that it names and that is out of use. */
  archived: { entity: string; id: string } | null
  /** Set for a reversal: when the movement happened that it takes back. */
  originalOccurredAt: Date | null
  /** It takes back a movement that is a reversal itself. */
  reversesReversal: boolean
}

/**
 * Looks up what the lines name, all at once.
 * @throws StockError naming the line (from 0) and the field at fault.
 */
export async function resolveLines(tx: Tx, inputs: readonly LineInput[]): Promise<Line[]> {
  const named = await findNamed(tx, inputs)
  return inputs.map((input, line) =>
    input.type === 'reversal' ? reversalLine(input, line, named) : movementLine(input, line, named),
  )
}

type Named = Awaited<ReturnType<typeof findNamed>>

async function findNamed(tx: Tx, inputs: readonly LineInput[]) {
  const goods = inputs.filter((input) => input.type !== 'reversal')
  const byId = <Row extends { id: string | number }>(rows: Row[]) =>
    new Map<string | number, Row>(rows.map((row) => [row.id, row]))
  const distinct = <T>(values: (T | null)[]) => [
    ...new Set(values.filter((value) => value !== null)),
  ]
  const reversedIds = inputs.flatMap((input) =>
    input.type === 'reversal' ? [input.movementId] : [],
  )
  const originalRows =
    reversedIds.length === 0
      ? []
      : await tx.select().from(stockMovements).where(inArray(stockMovements.id, reversedIds))
  const moved = [...goods, ...originalRows]
  const locationIds = moved.flatMap((one) => [
    'fromLocationId' in one ? one.fromLocationId : null,
    'toLocationId' in one ? one.toLocationId : null,
  ])
  // The key share lock waits for somebody who is archiving one of them, and holds off the next.
  const productRows = await tx
    .select({
      id: products.id,
      sku: products.sku,
      tracking: products.tracking,
      archivedAt: products.archivedAt,
    })
    .from(products)
    .where(inArray(products.id, distinct(moved.map((one) => one.productId)).toSorted()))
    .for('key share')
  const locationRows = await tx
    .select({
      id: locations.id,
      code: locations.code,
      kind: locations.kind,
      archivedAt: locations.archivedAt,
    })
    .from(locations)
    .where(inArray(locations.id, distinct(locationIds).toSorted()))
    .for('key share')
  const lotIds = distinct(moved.map((one) => one.lotId))
  const lotRows =
    lotIds.length === 0
      ? []
      : await tx
          .select({ id: lots.id, productId: lots.productId, archivedAt: lots.archivedAt })
          .from(lots)
          .where(inArray(lots.id, lotIds.toSorted()))
          .for('key share')
  const packagingIds = distinct(goods.map((input) => input.packagingId))
  const packagingRows =
    packagingIds.length === 0
      ? []
      : await tx.select().from(packagings).where(inArray(packagings.id, packagingIds))
  return {
    products: byId(productRows),
    locations: byId(locationRows),
    lots: byId(lotRows),
    packagings: byId(packagingRows),
    originals: byId(originalRows),
  }
}

function movementLine(
  input: Exclude<LineInput, { type: 'reversal' }>,
  line: number,
  named: Named,
): Line {
  const missing = (field: string, value: string) =>
    new StockError('REFERENCE_NOT_FOUND', { entity: 'movement', line, field, value })
  const product = named.products.get(input.productId)
  if (!product) throw missing('productId', input.productId)

  const lot = input.lotId === null ? null : named.lots.get(input.lotId)
  if (lot === undefined) throw missing('lotId', input.lotId ?? '')
  if (product.tracking === 'lot' && !lot) {
    throw new StockError('LOT_REQUIRED', { line, productId: product.id, sku: product.sku })
  }
  if (lot && (product.tracking !== 'lot' || lot.productId !== product.id)) {
    throw new StockError('LOT_NOT_ALLOWED', {
      line,
      productId: product.id,
      sku: product.sku,
      lotId: lot.id,
    })
  }

  const fromLocationId = 'fromLocationId' in input ? input.fromLocationId : null
  const toLocationId = 'toLocationId' in input ? input.toLocationId : null
  if (input.type === 'adjustment' && (fromLocationId === null) === (toLocationId === null)) {
    throw invalidLine(
      line,
      'toLocationId',
      'an adjustment has either fromLocationId or toLocationId',
    )
  }
  if (input.type === 'transfer' && fromLocationId === toLocationId) {
    throw invalidLine(line, 'toLocationId', 'is where the goods already are')
  }
  for (const [field, id] of Object.entries({ fromLocationId, toLocationId })) {
    if (id === null) continue
    const location = named.locations.get(id)
    if (!location) throw missing(field, id)
    if (location.kind !== 'bin') {
      throw new StockError('LOCATION_HOLDS_NO_STOCK', {
        line,
        field,
        locationId: id,
        location: location.code,
        kind: location.kind,
      })
    }
  }

  const packaging = input.packagingId === null ? null : named.packagings.get(input.packagingId)
  if (packaging === undefined || (packaging && packaging.productId !== product.id)) {
    throw missing('packagingId', input.packagingId ?? '')
  }

  const goods = { productId: product.id, lotId: input.lotId, fromLocationId, toLocationId }
  return {
    line,
    type: input.type,
    ...goods,
    quantity: toBaseUnits(input.quantity, packaging?.factor ?? 1, line),
    packagingId: input.packagingId,
    packagingQuantity: packaging ? String(input.quantity) : null,
    reason: input.reason,
    reversesId: null,
    archived:
      findArchived(named, goods) ??
      (packaging?.archivedAt ? { entity: 'packaging', id: packaging.id } : null),
    originalOccurredAt: null,
    reversesReversal: false,
  }
}

type Goods = Pick<Line, 'productId' | 'lotId' | 'fromLocationId' | 'toLocationId'>

function findArchived(
  named: Named,
  { productId, lotId, fromLocationId, toLocationId }: Goods,
): Line['archived'] {
  const parts = [
    { entity: 'product', row: named.products.get(productId) },
    { entity: 'lot', row: named.lots.get(lotId ?? '') },
    { entity: 'location', row: named.locations.get(fromLocationId ?? '') },
    { entity: 'location', row: named.locations.get(toLocationId ?? '') },
  ]
  for (const { entity, row } of parts) if (row?.archivedAt) return { entity, id: row.id }
  return null
}

const oppositeType = {
  incoming: 'outgoing',
  outgoing: 'incoming',
  transfer: 'transfer',
  adjustment: 'adjustment',
} as const

function reversalLine(
  input: Extract<LineInput, { type: 'reversal' }>,
  line: number,
  named: Named,
): Line {
  const original = named.originals.get(input.movementId)
  if (!original) {
    throw new StockError('REFERENCE_NOT_FOUND', {
      entity: 'movement',
      line,
      field: 'movementId',
      value: input.movementId,
    })
  }
  const goods = {
    productId: original.productId,
    lotId: original.lotId,
    fromLocationId: original.toLocationId,
    toLocationId: original.fromLocationId,
  }
  return {
    line,
    type: oppositeType[original.type],
    ...goods,
    quantity: original.quantity,
    packagingId: original.packagingId,
    packagingQuantity: original.packagingQuantity,
    reason: input.reason ?? original.reason,
    reversesId: original.id,
    // A packaging out of use holds no correction back: only the base units move.
    archived: findArchived(named, goods),
    originalOccurredAt: original.occurredAt,
    reversesReversal: original.reversesId !== null,
  }
}

/** A line that says what makes no sense; `line` counts from 0. */
export function invalidLine(line: number, field: string, message: string): StockError {
  return new StockError('INVALID_INPUT', { issues: [{ path: ['lines', line, field], message }] })
}
