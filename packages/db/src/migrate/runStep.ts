import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type DataModule, type DataStep, loadData, type Query } from './dataStep.ts'
import { MigrationError } from './errors.ts'
import type { Migration, SqlFile } from './folder.ts'
import { buildIndexes } from './indexBuild.ts'
import { record } from './journal.ts'
import type { OnProgress } from './progress.ts'
import { downFile } from './reversible.ts'
import { assertNoTransactionControl } from './transactionControl.ts'
import { runResumable } from './resumable.ts'

export type Direction = 'up' | 'down'

export type Limits = {
  /** How long a statement may wait for a lock. Default 1 s; a header in the file overrides it. */
  lockTimeoutMs?: number
  /** How long a statement may run. Default 10 s; a header in the file overrides it. */
  statementTimeoutMs?: number
  /** How often a migration is tried when others hold the locks that it needs. Default 20. */
  attempts?: number
}

const lockNotAvailable = '55P03'
const worthAnotherAttempt = new Set([lockNotAvailable, '40P01', '40001'])

/** Runs one migration, up or down. All of it holds afterwards, or nothing. */
export async function runStep(
  client: pg.Client,
  migration: Migration,
  direction: Direction,
  { attempts = 20, onProgress, ...limits }: Limits & { onProgress?: OnProgress } = {},
): Promise<void> {
  const { name } = migration
  const data = await loadData(migration)
  const file = direction === 'up' ? migration.up : downFile(migration, data)
  assertNoTransactionControl(file)
  const started = performance.now()
  onProgress?.({ type: 'started', name, direction })
  const run = runnerFor(file, data)
  for (let attempt = 1; ; attempt++) {
    try {
      await applyTimeouts(client, file, limits)
      await run(client, { migration, direction, data, file, started, onProgress })
      break
    } catch (error) {
      const code = error instanceof MigrationError ? causeCode(error) : undefined
      if (attempt >= attempts || !code || !worthAnotherAttempt.has(code)) throw error
      onProgress?.({ type: 'retrying', name, direction, attempt, reason: (error as Error).message })
      await sleep(Math.random() * Math.min(100 * 2 ** attempt, 3_000))
    }
  }
  onProgress?.({ type: 'finished', name, direction, durationMs: since(started) })
}

/** What one attempt needs to know. */
export type Attempt = {
  migration: Migration
  direction: Direction
  data: DataModule | null
  file: SqlFile
  started: number
  onProgress?: OnProgress
}

function runnerFor(file: SqlFile, data: DataModule | null) {
  if (data?.transaction === false) return runResumable
  return file.headers.noTransaction ? runIndexBuild : runInTransaction
}

async function runInTransaction(client: pg.Client, attempt: Attempt): Promise<void> {
  const { migration, direction, data, file, started } = attempt
  const { name } = migration
  await client.query('begin')
  try {
    if (direction === 'up') await runStatements(client, name, file)
    if (data) await runData(client, attempt)
    if (direction === 'down') await runStatements(client, name, file)
    await record(client, migration, direction, since(started))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function runIndexBuild(client: pg.Client, attempt: Attempt): Promise<void> {
  const { migration, direction, file, started } = attempt
  await buildIndexes(client, migration.name, direction, file)
  await client.query('begin')
  await record(client, migration, direction, since(started))
  await client.query('delete from migrations.unfinished where name = $1', [migration.name])
  await client.query('commit')
}

async function runData(
  client: pg.Client,
  { migration, direction, data, onProgress }: Attempt,
): Promise<void> {
  const query: Query = (text, values) => client.query(text, values)
  const step: DataStep = {
    query,
    async batches({ start, total, run }) {
      let done = 0
      for (let position: typeof start | null = start; position !== null; ) {
        const batch: { rows: number; next: typeof start | null } = await run(query, position)
        done += batch.rows
        position = batch.next
        onProgress?.({ type: 'rows', name: migration.name, direction, done, total })
      }
    },
  }
  try {
    await data?.[direction]?.(step)
  } catch (error) {
    throw failure(migration.name, `${migration.data}, function ${direction}`, error)
  }
}

/** Sends the file's statements one after another. @throws {MigrationError} `failed`, with the line. */
export async function runStatements(client: pg.Client, name: string, file: SqlFile): Promise<void> {
  for (const { text, line } of file.statements) {
    try {
      await client.query(text)
    } catch (error) {
      throw failure(name, `${file.path}, line ${line + linesBefore(text, error)}`, error)
    }
  }
}

function linesBefore(text: string, error: unknown): number {
  const position = error instanceof pg.DatabaseError ? Number(error.position ?? 1) : 1
  return text.slice(0, position - 1).split('\n').length - 1
}

/** A failure of PostgreSQL, told with its place and with what a person can do. */
export function failure(name: string, place: string, cause: unknown): MigrationError {
  if (cause instanceof MigrationError) return cause
  const { message, code, detail, hint } = cause as pg.DatabaseError
  const more = [detail, hint, advice[code ?? '']].filter(Boolean).join(' ')
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

async function applyTimeouts(
  client: pg.Client,
  { headers }: SqlFile,
  { lockTimeoutMs = 1_000, statementTimeoutMs = 10_000 }: Limits,
): Promise<void> {
  // A concurrent build waits for others by design and holds up nobody: only its locks are limited.
  const statement = headers.statementTimeoutMs ?? (headers.noTransaction ? 0 : statementTimeoutMs)
  // What the migration before has set is not this one's.
  await client.query('reset all')
  // Else a server would finish a long statement for a migrator that is gone. Not every system has it.
  await client.query(`set client_connection_check_interval = '1s'`).catch(() => {})
  await client.query(`set lock_timeout = ${headers.lockTimeoutMs ?? lockTimeoutMs}`)
  await client.query(`set statement_timeout = ${statement}`)
}

const causeCode = (error: MigrationError) => (error.cause as pg.DatabaseError | undefined)?.code

export const since = (started: number) => Math.round(performance.now() - started)
