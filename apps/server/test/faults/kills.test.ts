import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startServerProcess } from '../../src/testing/serverProcess.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { startFaultRun, timesInWords } from './faultRun.ts'

/** A run is repeated, as far as the processor allows it, by putting its seed here. */
const seed = randomInt(2 ** 31)
const kills = Number(process.env.STOCKBOOK_KILLS ?? 10)
const msPerKill = 60_000

test(
  `what was told holds when servers are killed, ${kills} times (seed ${seed})`,
  async ({ annotate }) => {
    await using server = await startTestServer()
    await using first = await startServerProcess(server)
    await using second = await startServerProcess(server)
    const processes = [first, second]
    const urls = processes.map(({ url }) => url)
    await using run = await startFaultRun(server, urls, seed)
    const restartMs: number[] = []

    for (let kill = 0; kill < kills; kill++) {
      const [victim, target] = [processes[kill % 2]!, run.targets[kill % 2]!]
      await run.underWay()
      await sleep(run.dice(50))
      target.isUp = false
      run.strike(target.url)
      await victim.kill()
      // Who sent something to the dead server asks the other one; the rest wait, so that it starts soon.
      run.writers.pause()
      const killedAt = performance.now()
      await victim.restart()
      restartMs.push(performance.now() - killedAt)
      target.isUp = true
      run.writers.resume()
    }

    const { faults, posted, words } = await run.finish(['CONNECTION_FAILED', 'UNAVAILABLE'])
    expect(faults).toBeGreaterThan(0)
    expect(posted).toBeGreaterThan(10 * kills)
    await annotate(`${words}; a server was up again after ${timesInWords(restartMs)}`)
  },
  120_000 + kills * msPerKill,
)
