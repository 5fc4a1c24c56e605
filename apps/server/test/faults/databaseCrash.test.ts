import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestCluster } from '@stockbook/db/testing'
import { expect, test } from 'vitest'
import { startServerProcess } from '../../src/testing/serverProcess.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { startFaultRun, timesInWords } from './faultRun.ts'

/** A run is repeated, as far as the processor allows it, by putting its seed here. */
const seed = randomInt(2 ** 31)
const crashes = Number(process.env.STOCKBOOK_DATABASE_CRASHES ?? 5)
const msPerCrash = 60_000

test(
  `what was told holds when the database crashes, ${crashes} times, and the server goes on by itself (seed ${seed})`,
  async ({ annotate }) => {
    // A crash must not lose what was committed, as it may not in earnest.
    const cluster = await startTestCluster({ synchronous_commit: 'on' })
    try {
      await using server = await startTestServer(undefined, undefined, cluster.url)
      await using serving = await startServerProcess(server)
      await using run = await startFaultRun(server, [serving.url], seed)
      const healthMs: number[] = []

      for (let crash = 0; crash < crashes; crash++) {
        await run.underWay()
        await sleep(run.dice(50))
        run.strike(serving.url)
        await cluster.crash()
        const ready = () => fetch(new URL('/readyz', serving.url)).then(({ status }) => status)
        expect(await ready()).toBe(503)
        await sleep(run.dice(300))
        await cluster.restart()
        const startedAt = performance.now()
        while ((await ready()) !== 200) await sleep(20)
        healthMs.push(performance.now() - startedAt)
      }
      await run.underWay()

      const { faults, posted, words } = await run.finish(['UNAVAILABLE'])
      expect(faults).toBeGreaterThan(0)
      expect(posted).toBeGreaterThan(10 * crashes)
      await annotate(`${words}; the server was ready again after ${timesInWords(healthMs)}`)
    } finally {
      await cluster.stop()
    }
  },
  120_000 + crashes * msPerCrash,
)
