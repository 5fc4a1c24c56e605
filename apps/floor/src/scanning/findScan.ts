import { parseScan, ScanError } from '@stockbook/client/scan'
import type { Catalogue, Location, Lot, Packaging, Product } from '../catalogue/catalogue.ts'

/** What a scan stands for. */
export type Found =
  | {
      kind: 'product'
      product: Product
      /** What carries the code. `null`: one base unit. */
      packaging: Packaging | null
      /** How many of it. `null`: the code does not say. */
      count: number | null
      /** The lot that the code names, known to the server or not. `null`: it names none. */
      lot: ScannedLot | null
    }
  | { kind: 'location'; location: Location }

/** Nobody knows it. `reason`: what is wrong with it, when it looks like a code that it is not. */
export type Unknown = { kind: 'unknown'; text: string; reason: ScanError | null }

export type ScannedLot = {
  code: string
  expiresOn: string | null
  /** `null`: nobody has told the server of it. */
  known: Lot | null
  /** What the label says of the expiry when the server knows it otherwise. */
  otherExpiry: string | null
}

/** Looks a scan up in the master data: first among goods, then among places. */
export function findScan(text: string, catalogue: Catalogue): Found | Unknown {
  const scan = parsed(text)
  if (scan instanceof ScanError) return { kind: 'unknown', text, reason: scan }
  if (scan.kind === 'gs1' && scan.gtin !== null) {
    const carrier = catalogue.productByCode(scan.gtin)
    if (carrier !== undefined) {
      const { lotCode, expiresOn, count } = scan
      const lot = lotCode === null ? null : lotOf(carrier.product, lotCode, expiresOn, catalogue)
      return { kind: 'product', ...carrier, count, lot }
    }
  }
  const plain = scan.kind === 'text' ? scan.text : text.trim()
  const product = catalogue.productByCode(plain)
  if (product !== undefined) return { kind: 'product', ...product, count: null, lot: null }
  const location = catalogue.locationByCode(plain)
  if (location !== undefined) return { kind: 'location', location }
  return {
    kind: 'unknown',
    text: plain,
    reason: scan.kind === 'text' ? (scan.doubt ?? null) : null,
  }
}

function parsed(text: string) {
  try {
    return parseScan(text.trim())
  } catch (error) {
    if (error instanceof ScanError) return error
    throw error
  }
}

/** A lot by its printed code. */
export function lotOf(
  product: Product,
  code: string,
  expiresOn: string | null,
  catalogue: Catalogue,
): ScannedLot {
  const known = catalogue
    .lotsOf(product.id)
    .find((lot) => lot.code.toLowerCase() === code.toLowerCase())
  if (known === undefined) return { code, expiresOn, known: null, otherExpiry: null }
  const isOther = expiresOn !== null && known.expiresOn !== null && expiresOn !== known.expiresOn
  return {
    code: known.code,
    expiresOn: known.expiresOn,
    known,
    otherExpiry: isOther ? expiresOn : null,
  }
}
