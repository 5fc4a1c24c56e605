import { randomInt } from 'node:crypto'
import { createStockbookClient } from '@stockbook/client'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startServerProcess } from '../../src/testing/serverProcess.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, testPassword } from '../../src/testing/testServer.ts'
import { expectSoundReservations } from '../reservations/soundReservations.ts'
import { ConcurrentBench } from './concurrentBench.ts'
import { rounds } from './concurrentSteps.ts'

/** The same commands are sent again by putting a seed here; what meets what is up to the processor. */
const seed = randomInt(2 ** 31)
const runs = Number(process.env.STOCKBOOK_MODEL_RUNS ?? 15)
const msPerRun = 10_000

/** Agreement would prove little without these: when one was not met yet, the series is played again. */
const mustBeSeen = [
  'done',
  'replayed',
  'refusal replayed',
  'COMMAND_ID_REUSED',
  'INSUFFICIENT_STOCK',
  'INSUFFICIENT_STOCK_IN_PAST',
  'ALREADY_REVERSED',
  'RESERVATION_EXCEEDED',
  'COUNT_INCOMPLETE',
  'WRONG_STATE',
  'adjusted',
]
const mostSeries = 8

test(
  `what two servers say to commands that meet is what one would say to them in some order (seed ${seed}, ${runs} runs)`,
  async () => {
    await using server = await startTestServer()
    await using first = await startServerProcess(server)
    await using second = await startServerProcess(server)
    const signIn = ({ url }: { url: string }, username: string) =>
      createStockbookClient({ url, auth: { username, password: testPassword }, maxRetries: 0 })
    const staff = await Promise.all(
      [first, second].map(async (at) => ({
        operator: signIn(at, 'olga'),
        admin: await signIn(at, 'anton').as('admin'),
      })),
    )
    const seen = new Set<string>()
    const unseen = () => mustBeSeen.filter((outcome) => !seen.has(outcome))
    for (let series = 0; series === 0 || (series < mostSeries && unseen().length > 0); series++) {
      await fc.assert(
        fc.asyncProperty(rounds, async (all) => {
          const bench = await ConcurrentBench.open(server, staff, seen)
          for (const turns of all) await bench.takeAll(turns)
          await bench.compareStock()
        }),
        {
          seed: seed + series,
          numRuns: runs,
          // Another attempt may not meet as this one did: a smaller example would prove nothing.
          endOnFailure: true,
          interruptAfterTimeLimit: runs * msPerRun,
        },
      )
    }
    await expectSoundBook(server)
    await expectSoundReservations(server)
    expect(unseen()).toEqual([])
  },
  120_000 + mostSeries * runs * msPerRun,
)
