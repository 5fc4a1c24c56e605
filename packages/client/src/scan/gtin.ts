/** The lengths in which a GTIN is printed; all but the longest are the same number with zeros cut. */
const gtinLengths = [8, 12, 13, 14]

/** Whether these are as many digits as a GTIN has. Says nothing of the check digit. */
export function hasGtinLength(text: string): boolean {
  return /^\d+$/.test(text) && gtinLengths.includes(text.length)
}

/** Whether the last digit is the check digit that GS1's General Specifications ask for. */
export function hasCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 in the fourteen digits of a GTIN. */
export function toGtin14(digits: string): string {
  return digits.padStart(14, '0')
}
