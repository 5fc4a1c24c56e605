import fc from 'fast-check'
import { countedBins } from './modelChecks.ts'
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
  | { do: 'moveHeld'; type: MoveType; bin: number; quantity: number }
  | { do: 'shipHeld'; which: number; bin: number; quantity: number }
  | CheckStep

/** Of the goods that are counted while they move. */
export type CheckStep =
  | { do: 'moveCounted'; type: MoveType; bin: number; quantity: number }
  | { do: 'count'; bin: number; quantity: number }
  /** Ends the counting, and approves what came of it. */
  | { do: 'finishCheck'; skipUncounted: boolean }

type MoveType = 'incoming' | 'outgoing' | 'transfer'

/** A step that is taken at one of two servers. */
export type Turn = { at: number; step: ConcurrentStep }

const which = fc.oneof(fc.nat(3), fc.nat())
const quantity = fc.integer({ min: 1, max: 9 })
const bin = fc.nat(bins - 1)
const type = fc.constantFrom<MoveType>('incoming', 'outgoing', 'transfer')
const countedBin = fc.nat(countedBins - 1)

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
      type,
      bin,
      quantity,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('shipHeld' as const), which, bin, quantity }),
  },
)

const checkStep: fc.Arbitrary<ConcurrentStep> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('moveCounted' as const),
      type,
      bin: countedBin,
      quantity,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('count' as const),
      bin: countedBin,
      quantity: fc.nat(40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('finishCheck' as const),
      skipUncounted: fc.boolean(),
    }),
  },
)

const roundsOf = (steps: fc.Arbitrary<ConcurrentStep>): fc.Arbitrary<Turn[][]> => {
  const turn = fc.record({ at: fc.nat(1), step: steps })
  const round = fc.array(turn, { minLength: 2, maxLength: 7, size: 'max' })
  return fc.array(round, { minLength: 4, maxLength: 10, size: 'max' })
}

/**
 * All turns of one round are taken at the same time, and the next round begins when all have ended. What
 * is counted meets nothing but what is done to the same goods, so some scenarios are about that alone.
 */
export const rounds = fc.oneof(
  { weight: 2, arbitrary: roundsOf(step) },
  { weight: 1, arbitrary: roundsOf(fc.oneof(step, checkStep)) },
  { weight: 1, arbitrary: roundsOf(checkStep) },
)
