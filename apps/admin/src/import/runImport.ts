import { isStockbookError } from '@stockbook/client'
import type { ImportPlan, ImportStep, PlannedRow } from './plan.ts'

/** What became of a row. `notRun`: the run ended before it came to this row; nothing was done. */
export type RowOutcome =
  | 'created'
  | 'updated'
  | 'posted'
  | 'unchanged'
  | 'skipped'
  | 'refused'
  | 'held'
  | 'failed'
  | 'notRun'

export type RowResult = {
  row: PlannedRow
  outcome: RowOutcome
  /** For `refused` and `failed`: the code of the error, stable. */
  code: string | null
  message: string | null
}

export type ImportRun = {
  /** One for each row of the file, in its order. */
  results: readonly RowResult[]
  /** Why it ended early: the code of the failure, or `CANCELLED`. `null`: it came to its end. */
  endedBy: string | null
}

/**
 * Writes what the dry run planned. A refusal by the server belongs to its rows and the run goes on; a
 * failure that would meet every further row (no connection, session over) ends it.
 * @param signal ends it before the next step; a step that is under way comes to its end
 * @param onProgress hears after each step how many rows are behind
 */
export async function runImport(
  plan: ImportPlan,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (rows: number) => void },
): Promise<ImportRun> {
  const results = new Map<PlannedRow, RowResult>()
  for (const row of plan.rows) results.set(row, { row, ...before(row) })
  let endedBy: string | null = null
  let done = 0
  const waiting = [...plan.steps]

  async function work(): Promise<void> {
    for (;;) {
      if (signal.aborted) endedBy ??= 'CANCELLED'
      if (endedBy !== null) return
      const step = waiting.shift()
      if (step === undefined) return
      endedBy = (await runStep(step, results)) ?? endedBy
      done += step.rows.length
      onProgress(done)
    }
  }

  await Promise.all(Array.from({ length: plan.concurrency }, work))
  return { results: plan.rows.flatMap((row) => results.get(row) ?? []), endedBy }
}

/** @returns the code of a failure that ends the run */
async function runStep(
  step: ImportStep,
  results: Map<PlannedRow, RowResult>,
): Promise<string | null> {
  try {
    const { replayed } = await step.run()
    for (const row of step.rows) {
      const outcome = replayed ? 'unchanged' : written[row.action]
      results.set(row, { row, outcome, code: null, message: null })
    }
    return null
  } catch (error) {
    if (!isStockbookError(error)) throw error
    const { code, message } = error
    const ends = error.retryable || endsRun.has(code)
    for (const row of step.rows) {
      results.set(row, { row, outcome: ends ? 'failed' : 'refused', code, message })
    }
    return ends ? code : null
  }
}

const endsRun: ReadonlySet<string> = new Set([
  'SIGN_IN_REQUIRED',
  'SIGN_IN_FAILED',
  'ADMIN_REQUIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'INTERNAL',
  'UNEXPECTED_ANSWER',
])

const written: Record<PlannedRow['action'], RowOutcome> = {
  create: 'created',
  update: 'updated',
  post: 'posted',
  unchanged: 'unchanged',
  skip: 'skipped',
  refuse: 'refused',
  held: 'held',
}

function before(row: PlannedRow): Omit<RowResult, 'row'> {
  const [issue] = row.issues
  switch (row.action) {
    case 'unchanged':
      return { outcome: 'unchanged', code: null, message: null }
    case 'skip':
      return { outcome: 'skipped', code: null, message: null }
    case 'held':
      return { outcome: 'held', code: null, message: null }
    case 'refuse':
      return { outcome: 'refused', code: issue?.code ?? null, message: issue?.message ?? null }
    case 'create':
    case 'update':
    case 'post':
      return { outcome: 'notRun', code: null, message: null }
  }
}
