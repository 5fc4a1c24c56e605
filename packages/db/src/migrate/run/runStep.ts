import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { MigrationError } from '../errors.ts'
import type { Migration, SqlFile } from '../folder/folder.ts'
import type { Direction, OnProgress } from '../progress.ts'
import { downFile } from '../reversible.ts'
import { type Attempt, since } from './attempt.ts'
import { type DataModule, type DataStep, loadData, type Query } from './dataStep.ts'
import { buildIndexes } from './indexBuild.ts'
import { record } from './journal.ts'
import { defaultAttempts, type Limits, limitStatements } from './limits.ts'
import { runResumable } from './resumable.ts'
import { failure, lockNotAvailable, runStatements } from './statements.ts'
import { assertNoTransactionControl } from './transactionControl.ts'

const worthAnotherAttempt = new Set([lockNotAvailable, '40P01', '40001'])

/** Runs one migration, up or down. All of it holds afterwards, or nothing. */
export async function runStep(
  client: pg.Client,
  migration: Migration,
  direction: Direction,
  { attempts, onProgress, ...limits }: Limits & { onProgress?: OnProgress } = {},
): Promise<void> {
  const { name } = migration
  const data = await loadData(migration)
  const file = direction === 'up' ? migration.up : downFile(migration, data)
  assertNoTransactionControl(file)
  const started = performance.now()
  onProgress?.({ type: 'started', name, direction })
  const run = runnerFor(file, data)
  const mostAttempts = attempts ?? defaultAttempts(file.headers)
  for (let attempt = 1; ; attempt++) {
    try {
      await applyLimits(client, file, limits)
      await run(client, { migration, direction, data, file, started, onProgress })
      break
    } catch (error) {
      const code = error instanceof MigrationError ? causeCode(error) : undefined
      if (attempt >= mostAttempts || !code || !worthAnotherAttempt.has(code)) throw error
      onProgress?.({ type: 'retrying', name, direction, attempt, reason: (error as Error).message })
      await sleep(Math.random() * Math.min(100 * 2 ** attempt, 3_000))
    }
  }
  onProgress?.({ type: 'finished', name, direction, durationMs: since(started) })
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

async function applyLimits(client: pg.Client, file: SqlFile, limits: Limits): Promise<void> {
  // What the migration before has set is not this one's.
  await client.query('reset all')
  // Else a server would finish a long statement for a migrator that is gone. Not every system has it.
  await client.query(`set client_connection_check_interval = '1s'`).catch(() => {})
  for (const statement of limitStatements(file.headers, limits)) await client.query(statement)
}

const causeCode = (error: MigrationError) => (error.cause as pg.DatabaseError | undefined)?.code
