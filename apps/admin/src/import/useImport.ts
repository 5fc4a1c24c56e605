import { useRef, useState } from 'react'
import { useLocaleState, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { failureText } from '../providers/failureText.ts'
import { type ColumnMapping, guessMapping, mapRows } from './fields.ts'
import { type ImportKind, importers } from './importers.ts'
import type { ImportPlan } from './plan.ts'
import { readTable } from './readTable.ts'
import { type ImportRun, runImport } from './runImport.ts'
import { type ImportTable, UnreadableFileError } from './table.ts'

/** Which step an import is at, and what it knows by then. */
export type ImportState =
  | { step: 'file'; problem: string | null }
  | { step: 'columns'; table: ImportTable; file: string; problem: string | null }
  | { step: 'checking'; table: ImportTable; file: string }
  | { step: 'check'; table: ImportTable; file: string; plan: ImportPlan }
  | { step: 'running'; plan: ImportPlan; done: number; all: number }
  | { step: 'result'; run: ImportRun }

/** Leads an import from the file to its report. */
export function useImport(kind: ImportKind) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const [state, setState] = useState<ImportState>({ step: 'file', problem: null })
  const [mapping, setMapping] = useState<ColumnMapping>([])
  const [existing, setExisting] = useState<'update' | 'skip'>('update')
  const controller = useRef(new AbortController())
  const importer = importers[kind]

  async function choose(file: File): Promise<void> {
    try {
      const table = await readTable(file)
      setMapping(guessMapping(table.headings, importer.fields))
      setState({ step: 'columns', table, file: file.name, problem: null })
    } catch (error) {
      const problem =
        error instanceof UnreadableFileError
          ? translate(`import.unreadable.${error.reason}`, { row: error.row })
          : failureText(error, { locale, translate })
      setState({ step: 'file', problem })
    }
  }

  async function check(table: ImportTable, file: string): Promise<void> {
    setState({ step: 'checking', table, file })
    controller.current = new AbortController()
    const { signal } = controller.current
    try {
      const admin = await client.as('admin', { signal })
      const plan = await importer.plan(admin, mapRows(table, mapping), { existing, locale, signal })
      setState({ step: 'check', table, file, plan })
    } catch (error) {
      const problem = signal.aborted ? null : failureText(error, { locale, translate })
      setState({ step: 'columns', table, file, problem })
    }
  }

  async function run(plan: ImportPlan): Promise<void> {
    const all = plan.steps.reduce((sum, { rows }) => sum + rows.length, 0)
    controller.current = new AbortController()
    setState({ step: 'running', plan, done: 0, all })
    const result = await runImport(plan, {
      signal: controller.current.signal,
      onProgress: (done) => setState({ step: 'running', plan, done, all }),
    })
    setState({ step: 'result', run: result })
  }

  return {
    state,
    importer,
    mapping,
    setMapping,
    existing,
    setExisting,
    choose,
    check,
    run,
    cancel: () => controller.current.abort(),
    restart: () => setState({ step: 'file', problem: null }),
    backToColumns: (table: ImportTable, file: string) =>
      setState({ step: 'columns', table, file, problem: null }),
  }
}
