import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { ModelBench } from './modelBench.ts'
import { steps } from './modelSteps.ts'

/** A failure is replayed by putting its seed here. */
const seed = randomInt(2 ** 31)
const timeout = 240_000

test(
  `a book of random commands agrees with a plain one in memory (seed ${seed})`,
  async () => {
    await using server = await startTestServer()
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(steps(40), async (taken) => {
        const bench = await ModelBench.open(server, seen)
        for (const step of taken) await bench.take(step)
        await bench.compareStock()
      }),
      // Making a failure smaller must end before the test's own time does.
      { seed, numRuns: 50, interruptAfterTimeLimit: 120_000 },
    )
    await expectSoundBook(server)
    // Otherwise agreement would prove little.
    expect([...seen].toSorted()).toEqual([
      'ALREADY_REVERSED',
      'COMMAND_ID_REUSED',
      'INSUFFICIENT_STOCK',
      'INSUFFICIENT_STOCK_IN_PAST',
      'NOT_REVERSIBLE',
      'REFERENCE_NOT_FOUND',
      'posted',
      'refusal replayed',
      'replayed',
    ])
  },
  timeout,
)
