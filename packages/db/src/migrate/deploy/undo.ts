import { restore } from '../backup/restore.ts'
import type { Migration } from '../folder/folder.ts'
import { lossesOf } from '../generate/dataLoss.ts'
import { irreversibleReason } from '../reversible.ts'
import { type RollbackOptions, rollback } from '../rollback.ts'
import { asOnlyMigrator, withClient } from '../run/connection.ts'
import { readApplied } from '../run/journal.ts'
import { catalogDifference, describeCatalog } from '../verify/catalog.ts'
import { type Content, changedTables, contentOf } from '../verify/content.ts'

/** What a database is after a failed deployment. */
export type Undoing = 'nothing_to_undo' | 'undone_by_down' | 'restored_from_backup' | 'not_undone'

export type UndoOptions = Pick<
  RollbackOptions,
  'folder' | 'waitMs' | 'lockTimeoutMs' | 'statementTimeoutMs' | 'attempts' | 'onProgress'
> & {
  backupFolder: string
  onPart?: (line: string) => void
}

export type Undone = {
  migrations: Migration[]
  /** What the deployment began to apply, in order. */
  begun: Migration[]
  /** The catalog before the deployment. */
  before: string[]
  /** The rows before the deployment; null when none of what was pending may change any. */
  content: Content | null
}

// Servers that still run may hold a table for a while.
const restoreAttempts = 3

/** Takes back what a deployment did: by the downs, or where they cannot do it, from the backup. */
export async function undo(
  url: string,
  { migrations, begun, before, content }: Undone,
  options: UndoOptions,
): Promise<Undoing> {
  const { backupFolder, onPart, ...rest } = options
  try {
    const done = await appliedOf(begun, url, rest)
    const steps = done.length
    if (!done.some((migration) => losesRows(migration, migrations)) && !(await leftHalfDone(url))) {
      if (steps > 0) await rollback(url, { ...rest, steps })
      if (isSame(before, await withClient(url, describeCatalog))) {
        const changed = steps > 0 && content ? await changedSince(url, content) : []
        if (changed.length === 0) return steps > 0 ? 'undone_by_down' : 'nothing_to_undo'
        onPart?.(`after the way down the rows are not the same in ${changed.join(', ')}`)
      }
    }
  } catch (error) {
    onPart?.(`the way down failed: ${(error as Error).message}`)
  }
  for (let attempt = 1; attempt <= restoreAttempts; attempt++) {
    try {
      onPart?.(`restoring ${backupFolder}`)
      await restore(url, backupFolder, { replace: true })
      return 'restored_from_backup'
    } catch (error) {
      onPart?.(`the restore failed: ${(error as Error).message}`)
    }
  }
  return 'not_undone'
}

/** Asked of the database: a connection that broke may have left what it was committing done or not. */
async function appliedOf(
  begun: Migration[],
  url: string,
  { waitMs = 300_000 }: Pick<UndoOptions, 'waitMs'>,
): Promise<Migration[]> {
  return withClient(url, (client) =>
    asOnlyMigrator(client, { waitMs }, async () => {
      const applied = new Set((await readApplied(client)).map(({ name }) => name))
      return begun.filter(({ name }) => applied.has(name))
    }),
  )
}

/** Whether rows that were there before the migration are not brought back by its down. */
function losesRows(migration: Migration, migrations: Migration[]): boolean {
  return lossesOf(migration, migrations).length > 0 || irreversibleReason(migration) !== null
}

/** Batches of a resumable data step that stopped are in place, and no down knows of them. */
async function leftHalfDone(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      'select from migrations.unfinished where checkpoint is not null',
    )
    return rows.length > 0
  })
}

const changedSince = (url: string, content: Content) =>
  withClient(url, async (client) => changedTables(content, await contentOf(client)))

function isSame(expected: string[], found: string[]): boolean {
  const { missing, extra } = catalogDifference(expected, found)
  return missing.length + extra.length === 0
}
