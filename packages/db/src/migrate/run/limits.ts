import type { Headers } from '../folder/sqlFile.ts'

export type Limits = {
  /** How long a statement may wait for a lock. Default 1 s; a header in the file overrides it. */
  lockTimeoutMs?: number
  /** How long a statement may run. Default 10 s; a header in the file overrides it. */
  statementTimeoutMs?: number
  /** How often a migration is tried when others hold the locks that it needs. Default 20. */
  attempts?: number
}

/** The statements that set what the file, the caller or the defaults say. */
export function limitStatements(
  { lockTimeoutMs, statementTimeoutMs, noTransaction }: Headers,
  limits: Limits = {},
): string[] {
  // A concurrent build waits for others by design and holds up nobody: only its locks are limited.
  const longest = noTransaction ? 0 : (limits.statementTimeoutMs ?? 10_000)
  return [
    `set lock_timeout = ${lockTimeoutMs ?? limits.lockTimeoutMs ?? 1_000}`,
    `set statement_timeout = ${statementTimeoutMs ?? longest}`,
  ]
}
