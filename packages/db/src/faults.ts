import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'
import { UnconfirmedCommit } from './unconfirmedCommits.ts'

/** The error that PostgreSQL itself sent, or null when the failure is something else. */
export function databaseError(error: unknown): pg.DatabaseError | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  return cause instanceof pg.DatabaseError ? cause : null
}

/** Name of the constraint that a statement violated, or null when the failure is something else. */
export function violatedConstraint(error: unknown): string | null {
  const cause = databaseError(error)
  return cause?.code?.startsWith('23') ? (cause.constraint ?? null) : null
}

/** SQLSTATE of the errors that the book's own triggers raise. */
const bookRule = 'SB001'

/**
 * The rule of the book that a statement broke: a code of the error catalogue and its facts, as the
 * trigger gave them. Null when the failure is something else.
 */
export function brokenRule(
  error: unknown,
): { code: string; detail: Record<string, unknown> } | null {
  const cause = databaseError(error)
  if (cause?.code !== bookRule || !cause.detail) return null
  const { code, ...detail } = JSON.parse(cause.detail) as { code: string }
  return { code, detail }
}

/**
 * Connection lost or refused, too many connections, shutting down, cancelled, no such database (it
 * is being restored): may work again soon.
 */
const passingStates = /^(08|53|57|3D000)/
const passingCodes = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']
const passingMessages = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
]

/** Whether the database could not be reached or had to give up, so that a later try may succeed. */
export function isUnavailable(error: unknown): boolean {
  const state = databaseError(error)?.code
  if (state) return passingStates.test(state)
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (cause instanceof UnconfirmedCommit) return true
  if (!(cause instanceof Error)) return false
  const code = (cause as NodeJS.ErrnoException).code
  return (
    (code !== undefined && passingCodes.includes(code)) ||
    passingMessages.some((message) => cause.message.startsWith(message))
  )
}
