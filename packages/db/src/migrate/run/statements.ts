import pg from 'pg'
import { MigrationError } from '../errors.ts'
import type { SqlFile } from '../folder/folder.ts'

/** The SQLSTATE of a statement that waited for a lock longer than it may. */
export const lockNotAvailable = '55P03'

/** Sends the file's statements one after another. @throws {MigrationError} `failed`, with the line. */
export async function runStatements(client: pg.Client, name: string, file: SqlFile): Promise<void> {
  for (const { text, line } of file.statements) {
    try {
      await client.query(text)
    } catch (error) {
      const place = `${file.path}, line ${line + linesBefore(text, error)}`
      throw failure(name, place, error, file.headers.noTransaction ? buildAdvice : advice)
    }
  }
}

function linesBefore(text: string, error: unknown): number {
  const position = error instanceof pg.DatabaseError ? Number(error.position ?? 1) : 1
  return text.slice(0, position - 1).split('\n').length - 1
}

/** A failure of PostgreSQL, told with its place and with what a person can do. */
export function failure(
  name: string,
  place: string,
  cause: unknown,
  adviceFor = advice,
): MigrationError {
  if (cause instanceof MigrationError) return cause
  const { message, code, detail, hint } = cause as pg.DatabaseError
  const more = [detail, hint, adviceFor[code ?? '']].filter(Boolean).join(' ')
  return new MigrationError(
    'failed',
    `${name} failed and was undone (${place}): ${message}.${more ? ` ${more}` : ''}`,
    { cause, migration: name, place, sqlState: code },
  )
}

const advice: Record<string, string> = {
  [lockNotAvailable]:
    'Another session holds a lock on the table. End it (pg_stat_activity shows it) or run this again when it is quiet.',
  '57014':
    'The statement took longer than its limit. Split it into batches (data.ts), or allow more with the header "-- statement-timeout: 5min".',
  '55P04':
    'A new enum value can be used only after the migration that adds it. Put its use in the next migration.',
  '25001': 'Give the file the header "-- no-transaction".',
}

const buildAdvice: Record<string, string> = {
  ...advice,
  [lockNotAvailable]:
    'A concurrent index build waits for every transaction that began before it, also for one that only reads (pg_stat_activity shows them by xact_start). End that one, or allow more with the header "-- lock-timeout: 30min".',
}
