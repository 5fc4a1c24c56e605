import { createRandom, uuidOf } from './random.ts'

export type Size = { products: number; movements: number }

/** How long the generated book is. */
export const days = 3 * 365

/** Kinds of rows, so that their ids differ. */
export const kinds = {
  category: 1,
  partner: 2,
  product: 3,
  location: 4,
  lot: 5,
  user: 6,
  packaging: 7,
} as const

/**
 * What there is, as numbers: rows are made from them twice, for each table that needs them. A slot
 * is a place where a product is kept, of a lot where it has any: what the book calls a level.
 */
export function planOf({ products, movements }: Size) {
  const random = createRandom(1)
  const bins = Math.max(20, Math.ceil(products / 20))
  const zones = Math.max(3, Math.ceil(bins / 500))
  const warehouses = Math.max(1, Math.min(5, Math.ceil(zones / 20)))
  const firstSlot = new Uint32Array(products + 1)
  const slotBin: number[] = []
  const slotLot: number[] = []
  const lotProduct: number[] = []
  for (let product = 0; product < products; product++) {
    firstSlot[product] = slotBin.length
    const lots = isTracked(product) ? 1 + random.below(3) : 0
    const places = random.chance(0.75) ? 1 : 2 + random.below(3)
    for (let lot = 0; lot < Math.max(1, lots); lot++) {
      const lotNumber = lots > 0 ? lotProduct.push(product) - 1 : -1
      // Neighbours keep to different bins: two places of one lot must not be the same.
      const start = random.below(bins)
      for (let place = 0; place < places; place++) {
        slotBin.push((start + place * 7) % bins)
        slotLot.push(lotNumber)
      }
    }
  }
  firstSlot[products] = slotBin.length
  return {
    products,
    movements,
    bins,
    zones,
    warehouses,
    categories: 20 + 20 * 10 + 20 * 10 * 5,
    suppliers: Math.max(10, Math.min(500, Math.ceil(products / 1000))),
    customers: Math.max(20, Math.min(5000, Math.ceil(products / 200))),
    operators: 24,
    /** The slots of a product are those from `firstSlot[product]` to below `firstSlot[product + 1]`. */
    firstSlot,
    slotBin: Uint32Array.from(slotBin),
    /** -1: the product is not tracked by lot. */
    slotLot: Int32Array.from(slotLot),
    lotProduct: Uint32Array.from(lotProduct),
  }
}

export type Plan = ReturnType<typeof planOf>

// Asked for again and again: once for each movement.
const productIds: string[] = []

/** Whether a product is tracked by lot. */
export const isTracked = (product: number) => product % 10 === 3

export const binId = ({ warehouses, zones }: Plan, bin: number) =>
  uuidOf(kinds.location, warehouses + zones + bin)
export const partnerId = (partner: number) => uuidOf(kinds.partner, partner)
export const userId = (user: number) => uuidOf(kinds.user, user)
export const productId = (product: number) =>
  (productIds[product] ??= uuidOf(kinds.product, product))
export const lotId = (lot: number) => uuidOf(kinds.lot, lot)
