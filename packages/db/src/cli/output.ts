import { DeployError } from '../migrate/deploy/deploy.ts'
import { MigrationError } from '../migrate/errors.ts'
import { exitCodeOf, exitCodes } from './exitCodes.ts'

export type OutputOptions = { json?: boolean }

/** Prints the answer: the value as JSON for a program, or the lines for a person. */
export function print({ json }: OutputOptions, value: unknown, lines: string | string[]): void {
  const text = json ? JSON.stringify(value, null, 2) : [lines].flat().join('\n')
  process.stdout.write(`${text}\n`)
}

/** Tells a failure where failures are told, and returns the exit code for it. */
export function reportFailure(error: unknown, json: boolean): number {
  const { code, exitCode, detail } = classify(error)
  const message = error instanceof Error ? error.message : String(error)
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, ...detail } }, null, 2)}\n`)
  } else {
    const trace = process.env.DEBUG === 'true' && error instanceof Error ? error.stack : undefined
    process.stderr.write(`${trace ?? message}\n`)
  }
  return exitCode
}

function classify(error: unknown) {
  if (error instanceof MigrationError) {
    return { code: error.code, exitCode: exitCodeOf[error.code], detail: error.detail }
  }
  if (error instanceof DeployError) {
    const { undoing } = error
    const exitCode = undoing === 'not_undone' ? exitCodes.notRolledBack : exitCodes.rolledBack
    return { code: 'deploy_failed', exitCode, detail: { undoing } }
  }
  return { code: 'unexpected', exitCode: exitCodes.unexpected, detail: {} }
}

/** Columns as wide as their widest cell. */
export function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** `850 ms`, `12.3 s`, `4 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`
  if (milliseconds < 120_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  return `${Math.round(milliseconds / 60_000)} min`
}

export const moment = (date: Date) => date.toISOString().replace('T', ' ').slice(0, 19)
