import type { Headers } from '../folder/sqlFile.ts'

export type Limits = {
  /**
   * How long a statement may wait for a lock. Default 1 s, and 5 min for a concurrent index build; a
   * header in the file overrides it.
   */
  lockTimeoutMs?: number
  /** How long a statement may run. Default 10 s; a header in the file overrides it. */
  statementTimeoutMs?: number
  /**
   * How often a migration is tried when others hold the locks that it needs. Default 20, and 3 for a
   * concurrent index build.
   */
  attempts?: number
}

/** The statements that set what the file, the caller or the defaults say. */
export function limitStatements(
  { lockTimeoutMs, statementTimeoutMs, noTransaction }: Headers,
  limits: Limits = {},
): string[] {
  // A concurrent build waits for others by design and holds up nobody: only its locks are limited, and
  // these by minutes, for it waits for each older transaction and every attempt builds from the start.
  const longest = noTransaction ? 0 : (limits.statementTimeoutMs ?? 10_000)
  const longestWait = limits.lockTimeoutMs ?? (noTransaction ? 300_000 : 1_000)
  return [
    `set lock_timeout = ${lockTimeoutMs ?? longestWait}`,
    `set statement_timeout = ${statementTimeoutMs ?? longest}`,
  ]
}

/** How often a file is tried when the caller does not say. */
export const defaultAttempts = ({ noTransaction }: Headers) => (noTransaction ? 3 : 20)
