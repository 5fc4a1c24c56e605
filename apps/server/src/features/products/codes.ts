import { hasGtinLength, toGtin14 } from '@stockbook/client/scan'

/** What a code is found by: EAN-8, UPC and EAN-13 in the fourteen digits of a GTIN, others as they are. */
export function lookupKey(code: string): string {
  return hasGtinLength(code) ? toGtin14(code) : code
}
