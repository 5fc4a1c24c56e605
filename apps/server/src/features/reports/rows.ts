import { contract } from '@stockbook/client/contract'
import { type Db, inSnapshot } from '@stockbook/db'
import type { z } from 'zod'
import type { ListInput } from '../../lists/keyset.ts'
import { abc } from './abc.ts'
import { expiringLots } from './expiringLots.ts'
import { lowStock } from './lowStock.ts'
import { movementSummary } from './movementSummary.ts'
import { type Reader, type Report, reportInParts } from './page.ts'
import { slowMovers } from './slowMovers.ts'
import { stockByCategory } from './stockByCategory.ts'

const reports = {
  lowStock,
  movementSummary,
  stockByCategory,
  slowMovers,
  abc,
  expiringLots,
}

export type ReportName = keyof typeof reports
type Row = Record<string, unknown>
type ReportInput = Pick<ListInput<string>, 'direction'>

export const isReportName = (name: string): name is ReportName => Object.hasOwn(reports, name)

/** What a report takes. */
export const inputOf = (name: ReportName): z.ZodType<ReportInput> => contract.reports[name].input

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
  input: ReportInput,
  { warehouseIds }: Reader,
  take: (rows: AsyncIterable<Row>) => Promise<void>,
): Promise<void> {
  const reportOf = reports[name] as unknown as (input: object) => Report<Row>
  return inSnapshot(db, async (tx) => {
    const parts = reportInParts(tx, reportOf({ ...input, warehouseIds }), input)
    const first = await parts.next()
    async function* rows() {
      if (!first.done) yield* first.value
      for await (const part of parts) yield* part
    }
    await take(rows())
  })
}
