import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Gs1Scan, parseScan, type ParsedScan, ScanError } from '@stockbook/client/scan'
import { type Db, lots } from '@stockbook/db'
import { and, eq } from 'drizzle-orm'
import { StockError } from '../../errors.ts'
import { productOfCode } from './products.ts'
import { scannedQuantity } from './scannedQuantity.ts'

type Input = ParsedInput<typeof contract.products.resolveScan>

/** What a scan of an own code or a SKU says besides its product: nothing. */
const plain = { gtin: null, lotCode: null, expiresOn: null, serial: null, elements: [] }

/**
 * The product that a scan stands for, and all that it says of it. A code or SKU of exactly this text
 * wins: somebody gave it to the product on purpose.
 * @throws StockError SCAN_INVALID, LOT_CONFLICT, NOT_FOUND
 */
export async function resolveProductScan(db: Db, { scan }: Input) {
  const own = isCodeLike(scan) ? await productOfCode(db, scan.trim()) : null
  const read = readScan(scan)
  if (own !== null && !isGs1(read)) {
    return { ...plain, ...own, kind: 'product' as const, lot: null, quantity: null }
  }
  if (!isGs1(read)) throw refusal(scan, read)

  const { gtin, lotCode, expiresOn, serial, elements } = read
  const said = { gtin, lotCode, expiresOn, serial, elements }
  if (gtin === null) {
    return { ...said, kind: 'data' as const, ...nothing, quantity: null }
  }
  const found = (await productOfCode(db, gtin)) ?? own
  if (found === null) {
    const { count, measure } = read
    throw new StockError('NOT_FOUND', { entity: 'product', ...said, count, measure })
  }
  return {
    ...said,
    ...found,
    kind: 'product' as const,
    lot: await knownLot(db, found.product.id, read),
    quantity: scannedQuantity(read, found.product.baseUnit, found.packaging?.factor ?? 1),
  }
}

const nothing = { product: null, packaging: null, lot: null }

/** Codes and SKUs hold no spaces and are short; longer texts need not be looked up. */
function isCodeLike(scan: string): boolean {
  return /^[^\s\p{Cc}]{1,64}$/u.test(scan.trim())
}

function readScan(scan: string): ParsedScan | ScanError {
  try {
    return parseScan(scan)
  } catch (error) {
    if (error instanceof ScanError) return error
    throw error
  }
}

function isGs1(read: ParsedScan | ScanError): read is Gs1Scan {
  return 'kind' in read && read.kind === 'gs1'
}

function refusal(scan: string, read: Exclude<ParsedScan, Gs1Scan> | ScanError): StockError {
  const fault = read instanceof ScanError ? read : read.doubt
  if (fault === null) return new StockError('NOT_FOUND', { entity: 'product', code: scan.trim() })
  const { code, ai, position, reason } = fault
  return new StockError('SCAN_INVALID', { fault: code, ai, position, reason }, { cause: fault })
}

async function knownLot(db: Db, productId: string, { lotCode, expiresOn }: Gs1Scan) {
  if (lotCode === null) return null
  const [known] = await db
    .select()
    .from(lots)
    .where(and(eq(lots.productId, productId), eq(lots.code, lotCode)))
  if (!known) return null
  if (expiresOn !== null && known.expiresOn !== null && known.expiresOn !== expiresOn) {
    throw new StockError('LOT_CONFLICT', {
      productId,
      lotId: known.id,
      lotCode,
      knownExpiresOn: known.expiresOn,
      scannedExpiresOn: expiresOn,
    })
  }
  return known
}
