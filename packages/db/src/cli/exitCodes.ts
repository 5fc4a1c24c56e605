import type { MigrationErrorCode } from '../migrate/errors.ts'

/** What each exit code means. docs/migrations.md shows the same table. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  wrongUsage: 2,
  behind: 3,
  ahead: 4,
  diverged: 5,
  faultsFound: 6,
  undecided: 7,
  failed: 8,
  irreversible: 9,
  busy: 10,
  damaged: 11,
  nothingToDo: 12,
  rolledBack: 13,
  notRolledBack: 14,
} as const

export const exitCodeOf: Record<MigrationErrorCode, number> = {
  wrong_usage: exitCodes.wrongUsage,
  unreachable: exitCodes.unexpected,
  broken_folder: exitCodes.faultsFound,
  edited: exitCodes.diverged,
  missing: exitCodes.ahead,
  two_heads: exitCodes.faultsFound,
  busy: exitCodes.busy,
  failed: exitCodes.failed,
  irreversible: exitCodes.irreversible,
  undecided: exitCodes.undecided,
  nothing_to_do: exitCodes.nothingToDo,
  damaged: exitCodes.damaged,
}
