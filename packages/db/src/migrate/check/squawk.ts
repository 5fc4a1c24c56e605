import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MigrationError } from '../errors.ts'

export type SquawkFinding = { file: string; line: number; rule: string; message: string }

// The runner sets both timeouts itself; what begins with "prefer-" is taste, not danger.
const notOurs = (rule: string) => /^(require-(lock|statement)-timeout|prefer-)/.test(rule)

/** What squawk finds dangerous in SQL files: locks on large tables, changes that break running code. */
export async function squawk(
  files: string[],
  { inTransaction }: { inTransaction: boolean },
): Promise<SquawkFinding[]> {
  if (files.length === 0) return []
  const options = [
    '--reporter',
    'json',
    '--pg-version',
    '15',
    inTransaction ? '--assume-in-transaction' : '--no-assume-in-transaction',
  ]
  const findings: {
    file: string
    line: number
    rule_name: string
    message: string
    help?: string
  }[] = JSON.parse(await run([...options, ...files]))
  return findings
    .filter(({ rule_name }) => !notOurs(rule_name))
    .map(({ file, line, rule_name, message, help }) => ({
      file,
      line: line + 1,
      rule: rule_name,
      message: [message, help].filter(Boolean).join(' '),
    }))
}

function run(options: string[]): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('squawk-cli/package.json')
  const program = join(dirname(manifest), 'js/bin/squawk')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...options],
      { maxBuffer: 2 ** 26 },
      (cause, stdout, stderr) => {
        // Its exit code is 1 when it found something: the findings are the answer, not a failure.
        if (stdout.trim().startsWith('[')) return resolve(stdout)
        if (!cause) return resolve('[]')
        reject(
          new MigrationError('failed', `squawk could not be run: ${stderr || cause.message}`, {
            cause,
          }),
        )
      },
    )
  })
}
