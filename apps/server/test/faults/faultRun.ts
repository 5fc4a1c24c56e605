import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '@stockbook/db'
import { expect } from 'vitest'
import type { TestServer } from '../../src/testing/testServer.ts'
import { openJournal } from './journal.ts'
import { expectJournalHolds } from './journalHolds.ts'
import { createDice, makeGoods, startWriters, targetAt } from './writers.ts'

const writerCount = 10

/** Writers at work on the servers at these addresses, so that something can befall them. Gone at scope end. */
export async function startFaultRun(server: TestServer, urls: readonly string[], seed: number) {
  const goods = await makeGoods(server)
  const rows = await server.db.select({ id: commands.id }).from(commands)
  const before = new Set(rows.map(({ id }) => id))
  const folder = await mkdtemp(join(tmpdir(), 'stockbook-faults-'))
  const journal = await openJournal(join(folder, 'journal'))
  const targets = await Promise.all(urls.map(targetAt))
  const writers = startWriters(writerCount, { journal, targets, goods, seed })
  const struck: string[][] = []

  return {
    targets,
    writers,
    dice: createDice(seed),
    /** Resolves once every writer has come to the end of some more commands. */
    underWay: () => writers.more(2 * writerCount),
    /** To be called when a fault befalls a server. */
    strike: (url: string) => struck.push(journal.inFlightAt(url)),
    /**
     * Lets the writers end, and proves that the book has what they were told and nothing else.
     * @param passing the codes of failures that writers may have met and been unsure after
     * @returns what happened; a run with no faults or few commands proves nothing
     */
    async finish(passing: readonly string[]) {
      await writers.stop()
      const all = await expectJournalHolds(server, journal, targets[0]!, before)
      const unknown = all.filter((one) => one.unknown.length > 0)
      const unknownIds = new Set(unknown.map(({ command }) => command.commandId))
      const faults = struck.filter((ids) => ids.some((id) => unknownIds.has(id))).length
      const posted = all.filter(({ outcomes }) => outcomes[0]!.is === 'posted').length
      const refusals = all.flatMap(({ outcomes }) =>
        outcomes.flatMap((one) => (one.is === 'refused' ? one.code : [])),
      )
      expect(new Set(refusals)).toEqual(new Set(['INSUFFICIENT_STOCK']))
      for (const { unknown: codes } of unknown)
        expect(passing).toEqual(expect.arrayContaining(codes))
      const words =
        `${faults} of ${struck.length} faults met a command under way; ` +
        `${all.length} commands, ${posted} posted, ${unknown.length} of unknown end at first`
      return { faults, posted, words }
    },
    async [Symbol.asyncDispose]() {
      await writers.stop().catch(() => {})
      await journal[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

/** The middle and the longest of some times, in words. */
export function timesInWords(ms: readonly number[]): string {
  const sorted = ms.toSorted((one, other) => one - other)
  const [median, longest] = [sorted[sorted.length >> 1]!, sorted.at(-1)!]
  return `${median.toFixed(0)} ms (median), ${longest.toFixed(0)} ms (longest)`
}
