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
  const locationIds = goods.flatMap((input) => [
    'fromLocationId' in input ? input.fromLocationId : null,
    'toLocationId' in input ? input.toLocationId : null,
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
    .where(inArray(products.id, distinct(goods.map((input) => input.productId)).toSorted()))
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
  const lotIds = distinct(goods.map((input) => input.lotId))
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
  const reversedIds = inputs.flatMap((input) =>
    input.type === 'reversal' ? [input.movementId] : [],
  )
  const originalRows =
    reversedIds.length === 0
      ? []
      : await tx.select().from(stockMovements).where(inArray(stockMovements.id, reversedIds))
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
  let archived = product.archivedAt ? { entity: 'product', id: product.id } : null

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
  if (lot?.archivedAt) archived ??= { entity: 'lot', id: lot.id }

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
    if (location.archivedAt) archived ??= { entity: 'location', id }
  }

  const packaging = input.packagingId === null ? null : named.packagings.get(input.packagingId)
  if (packaging === undefined || (packaging && packaging.productId !== product.id)) {
    throw missing('packagingId', input.packagingId ?? '')
  }
  if (packaging?.archivedAt) archived ??= { entity: 'packaging', id: packaging.id }

  return {
    line,
    type: input.type,
    productId: product.id,
    lotId: input.lotId,
    fromLocationId,
    toLocationId,
    quantity: toBaseUnits(input.quantity, packaging?.factor ?? 1, line),
    packagingId: input.packagingId,
    packagingQuantity: packaging ? String(input.quantity) : null,
    reason: input.reason,
    reversesId: null,
    archived,
    originalOccurredAt: null,
    reversesReversal: false,
  }
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
  return {
    line,
    type: oppositeType[original.type],
    productId: original.productId,
    lotId: original.lotId,
    fromLocationId: original.toLocationId,
    toLocationId: original.fromLocationId,
    quantity: original.quantity,
    packagingId: original.packagingId,
    packagingQuantity: original.packagingQuantity,
    reason: input.reason ?? original.reason,
    reversesId: original.id,
    archived: null,
    originalOccurredAt: original.occurredAt,
    reversesReversal: original.reversesId !== null,
  }
}

function invalidLine(line: number, field: string, message: string): StockError {
  return new StockError('INVALID_INPUT', { issues: [{ path: ['lines', line, field], message }] })
}
