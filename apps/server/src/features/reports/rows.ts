import { contract } from '@stockbook/client/contract'
import { type Connection, type Db, inSnapshot } from '@stockbook/db'
import type { z } from 'zod'
import { abc } from './abc.ts'
import { expiringLots } from './expiringLots.ts'
import { lowStock } from './lowStock.ts'
import { movementSummary } from './movementSummary.ts'
import { slowMovers } from './slowMovers.ts'
import { stockByCategory } from './stockByCategory.ts'

const readers = {
  lowStock,
  movementSummary,
  stockByCategory,
  slowMovers,
  abc,
  expiringLots,
}

export type ReportName = keyof typeof readers
type Row = Record<string, unknown>
type Page = { items: Row[]; nextCursor: string | null }

export const isReportName = (name: string): name is ReportName => Object.hasOwn(readers, name)

/** So many rows are read at once. */
const rowsAtOnce = 1_000

/** What a report takes. */
export const inputOf = (name: ReportName): z.ZodType => contract.reports[name].input

/** The names of a report's columns, in the order of the contract. */
export function columnsOf(name: ReportName): string[] {
  return Object.keys(contract.reports[name].output.shape.items.element.shape)
}

/**
 * Gives a whole report to somebody who reads it row by row, no faster than they take it. All of it is
 * of one moment, however long that lasts. What fails before the first row fails before `take` is called.
 * @param input as its contract parsed it
 */
export function wholeReport(
  db: Db,
  name: ReportName,
  input: object,
  take: (rows: AsyncIterable<Row>) => Promise<void>,
): Promise<void> {
  const read = readers[name] as unknown as (db: Connection, input: object) => Promise<Page>
  return inSnapshot(db, async (tx) => {
    const pageAfter = (cursor?: string) => read(tx, { ...input, limit: rowsAtOnce, cursor })
    const first = await pageAfter()
    async function* rows() {
      for (let page = first; ; page = await pageAfter(page.nextCursor)) {
        yield* page.items
        if (page.nextCursor === null) return
      }
    }
    await take(rows())
  })
}
