import type { z } from 'zod'
import { checkInput, missingCells, readCells } from './checkRow.ts'
import type { ImportField, MappedRow } from './fields.ts'
import type { ImportPlan, ImportStep, PlannedRow, PlanOptions, RowIssue } from './plan.ts'

type Existing = { id: string; version: number; archivedAt: Date | null }

/** A kind of master data as the import sees it. */
export type MasterData<Row extends Existing> = {
  fields: readonly ImportField[]
  /** What a row of the file is matched by, case aside; the import never changes it. */
  keyOf(given: Readonly<Record<string, unknown>>): string | null
  /** The keys of the contract that `keyOf` reads: never part of an update. */
  keyParts: readonly string[]
  nameOf(values: Readonly<Record<string, string>>): string
  existing: ReadonlyMap<string, Row>
  /** Turns what the cells mean into the contract's input, by looking up what they name. */
  resolve(
    given: Record<string, unknown>,
    rowNumber: number,
  ): { input: Record<string, unknown>; issues: RowIssue[] }
  /** Whether the row has this value already. */
  isSame(row: Row, key: string, value: unknown): boolean
  fieldOf: Readonly<Record<string, string>>
  createSchema: z.ZodType<Record<string, unknown>>
  updateSchema: z.ZodType<Record<string, unknown>>
  create(input: Record<string, unknown>): Promise<unknown>
  update(input: Record<string, unknown>): Promise<unknown>
}

/** Plans each row by itself: create what is missing, change what differs, leave what is the same. */
export function planMasterData<Row extends Existing>(
  kind: MasterData<Row>,
  rows: readonly MappedRow[],
  options: PlanOptions,
): ImportPlan {
  const firstWithKey = new Map<string, number>()
  const steps: ImportStep[] = []
  const planned = rows.map((row) => {
    const { plannedRow, run } = planRow(kind, row, firstWithKey, options)
    if (run !== null) {
      steps.push({
        rows: [plannedRow],
        run: async () => {
          await run()
          return { replayed: false }
        },
      })
    }
    return plannedRow
  })
  return { rows: planned, steps, concurrency: 4 }
}

function planRow<Row extends Existing>(
  kind: MasterData<Row>,
  row: MappedRow,
  firstWithKey: Map<string, number>,
  options: PlanOptions,
): { plannedRow: PlannedRow; run: (() => Promise<unknown>) | null } {
  const { given, issues } = readCells(row, kind.fields)
  const key = kind.keyOf(given)
  const existing = key === null ? undefined : kind.existing.get(key)
  // What exists may be changed in one column alone: only a new row needs all that is required.
  if (existing === undefined) issues.push(...missingCells(row, kind.fields))
  const resolved = kind.resolve(given, row.number)
  issues.push(...resolved.issues)
  if (key !== null) issues.push(...repeatedKey(key, row.number, firstWithKey))
  if (existing !== undefined && existing.archivedAt !== null) {
    issues.push({ field: null, code: 'ARCHIVED' })
  }

  const plannedRow: PlannedRow = {
    number: row.number,
    name: kind.nameOf(row.values),
    action: 'refuse',
    issues,
    changes: [],
  }
  if (existing === undefined) {
    const checked = checkInput(kind.createSchema, resolved.input, options.locale, kind.fieldOf)
    if ('issues' in checked) issues.push(...newIssues(checked.issues, issues))
    if (issues.length > 0 || 'issues' in checked) return { plannedRow, run: null }
    plannedRow.action = 'create'
    return { plannedRow, run: () => kind.create(checked.input) }
  }

  const changeable = Object.fromEntries(
    Object.entries(resolved.input).filter(([name]) => !kind.keyParts.includes(name)),
  )
  const { id, version: expectedVersion } = existing
  const checked = checkInput(
    kind.updateSchema,
    { id, expectedVersion, ...changeable },
    options.locale,
    kind.fieldOf,
  )
  if ('issues' in checked) issues.push(...newIssues(checked.issues, issues))
  if (issues.length > 0 || 'issues' in checked) return { plannedRow, run: null }
  const changes = Object.keys(changeable).filter(
    (name) => !kind.isSame(existing, name, checked.input[name]),
  )
  plannedRow.changes = changes.map((name) => kind.fieldOf[name] ?? name)
  plannedRow.action =
    changes.length === 0 ? 'unchanged' : options.existing === 'skip' ? 'skip' : 'update'
  if (plannedRow.action !== 'update') return { plannedRow, run: null }
  const input = {
    id,
    expectedVersion,
    ...Object.fromEntries(changes.map((name) => [name, checked.input[name]])),
  }
  return { plannedRow, run: () => kind.update(input) }
}

function repeatedKey(key: string, row: number, firstWithKey: Map<string, number>): RowIssue[] {
  const first = firstWithKey.get(key)
  if (first !== undefined) return [{ field: null, code: 'REPEATED_IN_FILE', facts: { first } }]
  firstWithKey.set(key, row)
  return []
}

/** A cell that was not understood is missing in the input: the schema need not say so again. */
function newIssues(found: readonly RowIssue[], known: readonly RowIssue[]): RowIssue[] {
  return found.filter(
    ({ field }) => field === null || !known.some((issue) => issue.field === field),
  )
}
