import type { StockbookClient } from '@stockbook/client'
import type { ImportField, MappedRow } from './fields.ts'

/** What is wrong with a row. */
export type RowIssue = {
  /** The field whose cell it is about. `null`: the row as a whole. */
  field: string | null
  /** Stable, for the report: a code of the server's catalogue, or one of this page. */
  code: string
  /** The sentence to show, where the contract has one; else the page knows one for the code. */
  message?: string
  facts?: Record<string, string | number>
}

/** What a run would do with a row. `held`: nothing is wrong with it, but what it goes together with. */
export type PlannedAction = 'create' | 'update' | 'unchanged' | 'skip' | 'refuse' | 'held' | 'post'

export type PlannedRow = {
  number: number
  /** What names the row to a person: SKU, code. */
  name: string
  action: PlannedAction
  issues: RowIssue[]
  /** The fields that an update changes. */
  changes: readonly string[]
}

/** The rows that are written together, and how. */
export type ImportStep = {
  rows: readonly PlannedRow[]
  /** Writes them. Throws a StockbookError. `replayed`: an earlier run had done it. */
  run(): Promise<{ replayed: boolean }>
}

export type ImportPlan = {
  /** All rows of the file, in its order. */
  rows: readonly PlannedRow[]
  steps: readonly ImportStep[]
  /** Steps that may run at once; 1 when a step needs the ones before it. */
  concurrency: number
}

export type PlanOptions = {
  /** What happens to what exists already and differs. */
  existing: 'update' | 'skip'
  /** The language in which the contract's own checks speak. */
  locale: string
  signal: AbortSignal
}

/** What can be imported. */
export type Importer = {
  fields: readonly ImportField[]
  /** Whether `existing` means anything for it. */
  choosesExisting: boolean
  /** The dry run: looks everything up, checks everything, writes nothing. */
  plan(
    client: StockbookClient<'admin'>,
    rows: readonly MappedRow[],
    options: PlanOptions,
  ): Promise<ImportPlan>
}
