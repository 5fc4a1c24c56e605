/** What went wrong with a migration, in one word. The command line gives each its exit code. */
export type MigrationErrorCode =
  | 'wrong_usage'
  | 'unreachable'
  | 'broken_folder'
  | 'edited'
  | 'missing'
  | 'two_heads'
  | 'busy'
  | 'failed'
  | 'irreversible'
  | 'undecided'
  | 'nothing_to_do'
  | 'damaged'

/** A failure that a person can act on: the message says what, where, and what to do. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode
  readonly detail: Record<string, unknown>

  constructor(
    code: MigrationErrorCode,
    message: string,
    { cause, ...detail }: { cause?: unknown; [key: string]: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'MigrationError'
    this.code = code
    this.detail = detail
  }
}
