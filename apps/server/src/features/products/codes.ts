/** The lengths in which a GTIN is printed; all but the longest are the same number with zeros cut. */
const gtinLengths = [8, 12, 13, 14]

/** What a code is found by: EAN-8, UPC and EAN-13 in the fourteen digits of a GTIN, others as they are. */
export function lookupKey(code: string): string {
  return /^\d+$/.test(code) && gtinLengths.includes(code.length) ? code.padStart(14, '0') : code
}
