import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commands } from '@stockbook/db'
import { expect, test } from 'vitest'
import { startServerProcess } from '../../src/testing/serverProcess.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { openJournal } from './journal.ts'
import { expectJournalHolds } from './journalHolds.ts'
import { createDice, makeGoods, startWriters, targetAt } from './writers.ts'

const seed = randomInt(2 ** 31)
const kills = Number(process.env.STOCKBOOK_KILLS ?? 10)
const writerCount = 10
const secondsPerKill = 30

test(
  `two servers are killed by turns, ${kills} times, under ${writerCount} writers: all that was told holds (seed ${seed})`,
  async ({ annotate }) => {
    await using server = await startTestServer()
    const goods = await makeGoods(server)
    const before = new Set(
      (await server.db.select({ id: commands.id }).from(commands)).map(({ id }) => id),
    )
    const folder = await mkdtemp(join(tmpdir(), 'stockbook-kills-'))
    await using journal = await openJournal(join(folder, 'journal'))
    await using first = await startServerProcess(server)
    await using second = await startServerProcess(server)
    const processes = [first, second]
    const targets = await Promise.all(processes.map(({ url }) => targetAt(url)))
    const writers = startWriters(writerCount, { journal, targets, goods, seed })
    const dice = createDice(seed)
    const struck: string[][] = []
    const restartMs: number[] = []

    for (let kill = 0; kill < kills; kill++) {
      const [victim, target] = [processes[kill % 2]!, targets[kill % 2]!]
      await writers.more(2 * writerCount)
      await sleep(dice(50))
      target.isUp = false
      struck.push(journal.inFlightAt(target.url))
      await victim.kill()
      // Who sent something to the dead server asks the other one; the rest wait, so that it starts soon.
      writers.pause()
      const killedAt = performance.now()
      await victim.restart()
      restartMs.push(performance.now() - killedAt)
      target.isUp = true
      writers.resume()
    }
    await writers.stop()

    const all = await expectJournalHolds(server, journal, targets[0]!, before)
    const unknown = new Set(
      all.filter((one) => one.unknown.length > 0).map(({ command }) => command.commandId),
    )
    const faults = struck.filter((ids) => ids.some((id) => unknown.has(id))).length
    const posted = all.filter(({ outcomes }) => outcomes[0]!.is === 'posted').length
    const refusals = new Set(
      all.flatMap(({ outcomes }) =>
        outcomes.flatMap((one) => (one.is === 'refused' ? one.code : [])),
      ),
    )
    const codes = new Set(all.flatMap((one) => one.unknown))
    const slowest = Math.max(...restartMs)
    const median = restartMs.toSorted((one, other) => one - other)[restartMs.length >> 1]!
    await annotate(
      `${kills} kills, ${faults} of them with a command under way; ${all.length} commands, ${posted} posted, ` +
        `${unknown.size} of unknown end at first; up again after ${median.toFixed(0)} ms (median), ${slowest.toFixed(0)} ms (longest)`,
    )
    // Otherwise the run would prove nothing.
    expect(faults).toBeGreaterThan(0)
    expect(posted).toBeGreaterThan(100)
    expect([...refusals]).toEqual(['INSUFFICIENT_STOCK'])
    expect([...codes].filter((code) => code !== 'CONNECTION_FAILED')).toEqual([])
    await rm(folder, { recursive: true })
  },
  60_000 + kills * secondsPerKill * 1_000,
)
