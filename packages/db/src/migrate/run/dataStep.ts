import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { MigrationError } from '../errors.ts'
import type { Migration } from '../folder/folder.ts'

export type Query = (
  text: string,
  values?: unknown[],
) => Promise<Pick<pg.QueryResult, 'rows' | 'rowCount'>>

export type Batches<Position> = {
  /** Where the first batch begins. Positions must survive JSON. */
  start: Position
  /** How many rows there are to do, for the progress bar. Default: not known. */
  total?: number
  /** Does one batch. `next` is where the following one begins, null when this was the last. */
  run: (query: Query, position: Position) => Promise<{ rows: number; next: Position | null }>
}

/** What the functions of a `data.ts` are given. */
export type DataStep = {
  query: Query
  /**
   * Runs batch after batch and shows the progress. In a `data.ts` with `transaction = false` each batch
   * is a transaction of its own which also keeps the position: after a failure the next run goes on there.
   */
  batches<Position>(batches: Batches<Position>): Promise<void>
}

/** What a `data.ts` exports. */
export type DataModule = {
  /** `false`: not inside one transaction, but resumable batches. Default true: all or nothing. */
  transaction?: boolean
  up: (step: DataStep) => Promise<void>
  /** Absent only when `migration.sql` says `-- irreversible: why`. */
  down?: (step: DataStep) => Promise<void>
}

/** @throws {MigrationError} `broken_folder` when the file cannot be loaded or exports no `up`. */
export async function loadData(migration: Migration): Promise<DataModule | null> {
  if (migration.data === null) return null
  let module: Partial<DataModule>
  try {
    // Not at the top: a server asks for the state of its database and needs no compiler for that.
    const { tsImport } = await import('tsx/esm/api')
    module = await tsImport(pathToFileURL(migration.data).href, import.meta.url)
  } catch (cause) {
    throw new MigrationError(
      'broken_folder',
      `${migration.data} cannot be loaded: ${String(cause)}`,
      {
        cause,
      },
    )
  }
  const { transaction = true, up, down } = module
  if (typeof up !== 'function') {
    throw new MigrationError(
      'broken_folder',
      `${migration.data} exports no function "up". Write: export async function up({ query, batches }) { … }`,
    )
  }
  if (!transaction && hasStatements(migration)) {
    throw new MigrationError(
      'broken_folder',
      `${migration.data} runs outside a transaction, so migration.sql and down.sql beside it must be empty. Put their statements in a migration of their own.`,
    )
  }
  return { transaction, up, down }
}

const hasStatements = ({ up, down }: Migration) =>
  up.statements.length > 0 || (down?.statements.length ?? 0) > 0
