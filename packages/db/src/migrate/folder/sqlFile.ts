import { MigrationError } from '../errors.ts'

/** One part of a migration's SQL, sent to the server on its own. */
export type Statement = {
  text: string
  /** The line of the file that `text` starts on, from 1. */
  line: number
}

/** What the comment lines at the top of a file ask of the runner. */
export type Headers = {
  /** `-- no-transaction`: the statements cannot run inside one. */
  noTransaction: boolean
  /** `-- irreversible: why`. */
  irreversible: string | null
  /** `-- lock-timeout: 3s`, in milliseconds. */
  lockTimeoutMs: number | null
  /** `-- statement-timeout: 10min`, in milliseconds. */
  statementTimeoutMs: number | null
  /** `-- allow: rule why`, one line for each rule: why the file may do what `db:check` would stop. */
  allowed: Record<string, string>
}

const breakpoint = /^--> statement-breakpoint\s*$/

/** Splits at the lines `--> statement-breakpoint`. Parts with nothing but comments are left out. */
export function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = []
  let lines: string[] = []
  let start = 1
  const finish = (next: number) => {
    const blank = lines.findIndex((line) => line.trim() !== '')
    const text = lines.join('\n').trim()
    if (withoutComments(text) !== '') statements.push({ text, line: start + Math.max(blank, 0) })
    lines = []
    start = next
  }
  for (const [index, line] of sql.split(/\r?\n/).entries()) {
    // drizzle-kit puts the mark at the end of the statement's last line.
    const ends = line.endsWith('--> statement-breakpoint')
    if (ends || breakpoint.test(line.trim())) {
      lines.push(line.replace(/--> statement-breakpoint\s*$/, ''))
      finish(index + 2)
    } else lines.push(line)
  }
  finish(0)
  return statements
}

/** The text without its comment lines, trimmed. Enough to see whether anything would be run. */
export function withoutComments(sql: string): string {
  return sql
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => !line.trim().startsWith('--'))
    .join('\n')
    .trim()
}

/** Reads the headers: comment lines before the first line of SQL. */
export function headersOf(sql: string, file: string): Headers {
  const headers: Headers = {
    noTransaction: false,
    irreversible: null,
    lockTimeoutMs: null,
    statementTimeoutMs: null,
    allowed: {},
  }
  for (const line of sql.split(/\r?\n/)) {
    const comment = /^\s*--\s*(.*)$/.exec(line)
    if (!comment) {
      if (line.trim() === '') continue
      break
    }
    const [, key, value = ''] = /^([a-z-]+)(?::\s*(.*))?$/.exec(comment[1]?.trim() ?? '') ?? []
    if (key === 'no-transaction') headers.noTransaction = true
    if (key === 'irreversible') headers.irreversible = reason(value, key, file)
    if (key === 'lock-timeout') headers.lockTimeoutMs = duration(value, key, file)
    if (key === 'statement-timeout') headers.statementTimeoutMs = duration(value, key, file)
    if (key === 'allow') {
      const [rule = '', ...words] = value.split(/\s+/)
      headers.allowed[rule] = reason(words.join(' '), `allow: ${rule}`, file)
    }
  }
  return headers
}

function reason(words: string, key: string, file: string): string {
  if (words.trim() !== '') return words.trim()
  throw new MigrationError('broken_folder', `${file}: "-- ${key}" must be followed by the reason.`)
}

const units = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }

function duration(value: string, key: string, file: string): number {
  const match = /^(\d+)\s*(ms|s|min|h)$/.exec(value.trim())
  if (match) return Number(match[1]) * units[match[2] as keyof typeof units]
  throw new MigrationError(
    'broken_folder',
    `${file}: "-- ${key}: ${value}" is not a duration. Write for example "-- ${key}: 30s" (ms, s, min or h).`,
  )
}
