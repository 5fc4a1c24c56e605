import fc from 'fast-check'

/** How a delivered line was counted. `null`: by the piece. */
export const packagings = [
  null,
  { name: 'inner', factor: 12 },
  { name: 'case', factor: 144 },
] as const

export const productCount = 40
export const binCount = 6
export const lotsPerProduct = 3
/** Every other product is tracked by lot. */
export const isTracked = (product: number) => product % 2 === 1

/** Goods on a delivery note. */
export type DeliveredLine = {
  product: number
  /** Used where the product is tracked by lot. */
  lot: number
  bin: number
  packaging: (typeof packagings)[number]
  /** Of the packaging, as a decimal number. */
  quantity: string
  /** Base units that this comes to. */
  units: number
}

export type Delivery = {
  /** Days since the first order. */
  day: number
  lines: DeliveredLine[]
  /** What was first written down of one line, before somebody saw that it was wrong. */
  mistake: { line: number; units: number } | null
  /** How often it is sent at once, by a network that loses answers. */
  sent: number
}

/** What was ordered of a supplier, and came in one or more parts. */
export type PurchaseOrder = { number: number; supplier: number; deliveries: Delivery[] }

/** Quarters: "0.25" of a dozen is 3, of a case 36. */
const line = fc
  .record({
    product: fc.nat(productCount - 1),
    lot: fc.nat(lotsPerProduct - 1),
    bin: fc.nat(binCount - 1),
    packaging: fc.constantFrom(...packagings),
    quarters: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ quarters, packaging, ...rest }): DeliveredLine => {
    const quantity = packaging ? String(quarters / 4) : String(quarters)
    return { ...rest, packaging, quantity, units: Number(quantity) * (packaging?.factor ?? 1) }
  })

const delivery = fc
  .record({
    later: fc.nat(20),
    lines: fc.array(line, { minLength: 1, maxLength: 8, size: 'max' }),
    isWrong: fc.integer({ min: 1, max: 12 }).map((draw) => draw === 1),
    wrong: fc.record({ line: fc.nat(7), units: fc.integer({ min: 1, max: 9_999 }) }),
    sent: fc.constantFrom(1, 1, 1, 1, 2, 3),
  })
  .map(({ later: day, lines, isWrong, wrong, sent }): Delivery => {
    const mistake = isWrong ? { ...wrong, line: wrong.line % lines.length } : null
    return { day, lines, mistake, sent }
  })

const order = fc.record({
  supplier: fc.nat(7),
  deliveries: fc.array(delivery, { minLength: 1, maxLength: 4, size: 'max' }),
})

/** The same orders for the same seed, one a day. */
export function purchaseOrders(seed: number, count: number): PurchaseOrder[] {
  return fc.sample(order, { seed, numRuns: count }).map(({ supplier, deliveries }, number) => ({
    number,
    supplier,
    deliveries: deliveries.map((one) => ({ ...one, day: number + one.day })),
  }))
}
