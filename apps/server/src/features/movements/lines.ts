import type { Role } from '@stockbook/client/contract'
import { StockError } from '../../errors.ts'
import type { CountedLine, LineInput } from './command.ts'
import { toBaseUnits } from './quantity.ts'
import type { Named } from './references.sql.ts'

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
  reservationId: string | null
  checkLineId: string | null
  /** The line of the same command that it compensates for. */
  compensatesLine: number | null
  /** When it happened, if at another time than its command. */
  occurredAt: Date | null
  /** It may ship a lot that is expired, on hold or recalled. */
  allowUnavailableLot: boolean
  /** A product, location, lot or packaging that it names and that is out of use. */
  archived: { entity: string; id: string } | null
  /** Set for a reversal: when the movement happened that it takes back. */
  originalOccurredAt: Date | null
  /** It takes back a movement that is a reversal itself. */
  reversesReversal: boolean
}

/** What a line is that does nothing out of the ordinary. */
export const plainLine = {
  packagingId: null,
  packagingQuantity: null,
  reversesId: null,
  reservationId: null,
  checkLineId: null,
  compensatesLine: null,
  occurredAt: null,
  allowUnavailableLot: false,
  originalOccurredAt: null,
  reversesReversal: false,
} as const satisfies Partial<Line>

/**
 * What the lines of a command mean, given the rows that they name.
 * @throws StockError naming the line (from 0) and the field at fault.
 */
export function resolveLines(inputs: readonly LineInput[], named: Named, role: Role): Line[] {
  return inputs.map((input, line) => {
    if (input.type === 'reversal') return reversalLine(input, line, named)
    if (input.type === 'count') return countedLine(input, line, named)
    return movementLine(input, line, named, role)
  })
}

type MovementInput = Exclude<LineInput, { type: 'reversal' | 'count' }>

function movementLine(input: MovementInput, line: number, named: Named, role: Role): Line {
  const product = named.products.get(input.productId)
  if (!product) throw missing(line, 'productId', input.productId)

  const lot = input.lotId === null ? null : named.lots.get(input.lotId)
  if (lot === undefined) throw missing(line, 'lotId', input.lotId ?? '')
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
  if (fromLocationId !== null) refuseNoBin(named, line, 'fromLocationId', fromLocationId)
  if (toLocationId !== null) refuseNoBin(named, line, 'toLocationId', toLocationId)

  const packaging = input.packagingId === null ? null : named.packagings.get(input.packagingId)
  if (packaging === undefined || (packaging && packaging.productId !== product.id)) {
    throw missing(line, 'packagingId', input.packagingId ?? '')
  }

  const allowUnavailableLot = 'allowUnavailableLot' in input && input.allowUnavailableLot
  if (allowUnavailableLot && role !== 'admin') throw new StockError('ADMIN_REQUIRED', { line })
  if (allowUnavailableLot && input.reason === null) {
    throw invalidLine(line, 'reason', 'say why this lot is shipped although it should not be')
  }

  const goods = { productId: product.id, lotId: input.lotId, fromLocationId, toLocationId }
  // All written out, as it is done for every line: V8 takes long to add a field after a spread.
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
    reservationId: 'reservationId' in input ? input.reservationId : null,
    checkLineId: null,
    compensatesLine: null,
    occurredAt: null,
    allowUnavailableLot,
    archived:
      findArchived(named, goods) ??
      (packaging?.isArchived ? { entity: 'packaging', id: packaging.id } : null),
    originalOccurredAt: null,
    reversesReversal: false,
  }
}

function missing(line: number, field: string, value: string): StockError {
  return new StockError('REFERENCE_NOT_FOUND', { entity: 'movement', line, field, value })
}

function refuseNoBin(named: Named, line: number, field: string, locationId: string): void {
  const location = named.locations.get(locationId)
  if (!location) throw missing(line, field, locationId)
  if (location.kind !== 'bin') {
    throw new StockError('LOCATION_HOLDS_NO_STOCK', {
      line,
      field,
      locationId,
      location: location.code,
      kind: location.kind,
    })
  }
}

function countedLine(input: CountedLine, line: number, named: Named): Line {
  const { productId, lotId, locationId, change, checkLineId, reason, occurredAt } = input
  const goods = {
    productId,
    lotId,
    fromLocationId: change < 0 ? locationId : null,
    toLocationId: change > 0 ? locationId : null,
  }
  return {
    ...plainLine,
    line,
    type: 'adjustment',
    ...goods,
    quantity: Math.abs(change),
    reason,
    checkLineId,
    occurredAt,
    archived: findArchived(named, goods),
  }
}

type Goods = Pick<Line, 'productId' | 'lotId' | 'fromLocationId' | 'toLocationId'>

function findArchived(
  named: Named,
  { productId, lotId, fromLocationId, toLocationId }: Goods,
): Line['archived'] {
  const archived = (entity: string, row: { id: string; isArchived: boolean } | undefined) =>
    row?.isArchived ? { entity, id: row.id } : null
  return (
    archived('product', named.products.get(productId)) ??
    archived('lot', named.lots.get(lotId ?? '')) ??
    archived('location', named.locations.get(fromLocationId ?? '')) ??
    archived('location', named.locations.get(toLocationId ?? ''))
  )
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
  if (!original) throw missingMovement(line, input.movementId)
  const goods = {
    productId: original.productId,
    lotId: original.lotId,
    fromLocationId: original.toLocationId,
    toLocationId: original.fromLocationId,
  }
  return {
    ...plainLine,
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
    originalOccurredAt: new Date(original.occurredMs),
    reversesReversal: original.reversesId !== null,
  }
}

/** A line that takes back a movement which does not exist; `line` counts from 0. */
export function missingMovement(line: number, value: number): StockError {
  return new StockError('REFERENCE_NOT_FOUND', {
    entity: 'movement',
    line,
    field: 'movementId',
    value,
  })
}

/** A line that says what makes no sense; `line` counts from 0. */
export function invalidLine(line: number, field: string, message: string): StockError {
  return new StockError('INVALID_INPUT', { issues: [{ path: ['lines', line, field], message }] })
}
