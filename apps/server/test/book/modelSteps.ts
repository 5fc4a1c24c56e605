import fc from 'fast-check'

/** What somebody does next. Numbers that choose among what there is are taken modulo its count. */
export type Step =
  | { do: 'post'; day: number | null; lines: LineChoice[]; badLineFirst: boolean }
  | { do: 'reverseCommand'; which: number; day: number | null }
  | { do: 'retry'; which: number }
  | { do: 'reuseId'; which: number; lines: LineChoice[] }

export type LineChoice = {
  type: 'incoming' | 'outgoing' | 'transfer' | 'found' | 'lost' | 'reversal'
  product: number
  lot: number
  bin: number
  otherBin: number
  quantity: number
  movement: number
}

/** Dated commands happen on one of these days. */
export const days = 8
const firstDay = Date.UTC(2026, 0, 1, 12)
const dayMs = 24 * 60 * 60 * 1000
export const dateOfDay = (day: number) => new Date(firstDay + day * dayMs)

export const bins = 3
export const products = 2
export const lotsPerProduct = 2

const line: fc.Arbitrary<LineChoice> = fc.record({
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constant('incoming' as const) },
    { weight: 4, arbitrary: fc.constant('outgoing' as const) },
    { weight: 4, arbitrary: fc.constant('transfer' as const) },
    { weight: 1, arbitrary: fc.constant('found' as const) },
    { weight: 1, arbitrary: fc.constant('lost' as const) },
    { weight: 2, arbitrary: fc.constant('reversal' as const) },
  ),
  product: fc.nat(products - 1),
  lot: fc.nat(lotsPerProduct - 1),
  bin: fc.nat(bins - 1),
  otherBin: fc.integer({ min: 1, max: bins - 1 }),
  quantity: fc.integer({ min: 1, max: 15 }),
  // Often one of the first few, so that the same one is met again.
  movement: fc.oneof(fc.nat(3), fc.nat()),
})

export const lines = fc.array(line, { minLength: 1, maxLength: 4 })
export const day = fc.oneof(fc.constant(null), fc.nat(days - 1))

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      day,
      lines,
      badLineFirst: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reverseCommand' as const), which: fc.nat(), day }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retry' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reuseId' as const), which: fc.nat(), lines }),
  },
)

export const steps = (maxLength: number) => fc.array(step, { minLength: 1, maxLength, size: 'max' })
