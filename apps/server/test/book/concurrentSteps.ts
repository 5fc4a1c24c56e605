import fc from 'fast-check'
import { bins, day, lines, type LineChoice } from './modelSteps.ts'

/** Numbers that choose among what there is are taken modulo its count. */
export type ConcurrentStep =
  | { do: 'post'; day: number | null; lines: LineChoice[] }
  /** The same command at both servers at once. */
  | { do: 'twice'; day: number | null; lines: LineChoice[] }
  /** Two commands under one id at once, one at each server. */
  | { do: 'clash'; lines: LineChoice[]; otherLines: LineChoice[] }
  | { do: 'reverseCommand'; which: number; day: number | null }
  | { do: 'retry'; which: number }
  | { do: 'reuseId'; which: number; lines: LineChoice[] }
  /** Of the goods that may be held. The last place is the warehouse with all bins. */
  | { do: 'hold'; place: number; quantity: number }
  | { do: 'release'; which: number; quantity: number | null }
  | { do: 'moveHeld'; type: 'incoming' | 'outgoing' | 'transfer'; bin: number; quantity: number }
  | { do: 'shipHeld'; which: number; bin: number; quantity: number }

/** A step that is taken at one of two servers. */
export type Turn = { at: number; step: ConcurrentStep }

const which = fc.oneof(fc.nat(3), fc.nat())
const quantity = fc.integer({ min: 1, max: 9 })
const bin = fc.nat(bins - 1)

const step: fc.Arbitrary<ConcurrentStep> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('post' as const), day, lines }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('twice' as const), day, lines }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clash' as const), lines, otherLines: lines }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('reverseCommand' as const), which, day }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retry' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reuseId' as const), which, lines }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('hold' as const), place: fc.nat(bins), quantity }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('release' as const),
      which,
      quantity: fc.option(quantity),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('moveHeld' as const),
      type: fc.constantFrom('incoming' as const, 'outgoing' as const, 'transfer' as const),
      bin,
      quantity,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('shipHeld' as const), which, bin, quantity }),
  },
)

const turn: fc.Arbitrary<Turn> = fc.record({ at: fc.nat(1), step })

/** All turns of one round are taken at the same time, and the next round begins when all have ended. */
export const rounds = fc.array(fc.array(turn, { minLength: 2, maxLength: 7, size: 'max' }), {
  minLength: 4,
  maxLength: 10,
  size: 'max',
})
