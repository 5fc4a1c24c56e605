import { backup } from '../backup/backup.ts'
import { check } from '../check/check.ts'
import { MigrationError } from '../errors.ts'
import { migrationsFolder, readMigrations } from '../folder/folder.ts'
import { migrate, pendingUpTo } from '../migrate.ts'
import type { OnProgress } from '../progress.ts'
import { withClient } from '../run/connection.ts'
import type { Limits } from '../run/limits.ts'
import { assertUnchanged, migrationStatus } from '../status.ts'
import { describeCatalog } from '../verify/catalog.ts'
import { contentOf } from '../verify/content.ts'
import { mayChangeRows } from './rowChanges.ts'
import { type Undoing, undo } from './undo.ts'
import { bookFaults } from './verifyBook.ts'

export type DeployOptions = Limits & {
  folder?: string
  /** The folder to make for the backup. */
  backupFolder: string
  /** A further proof that the result is good: throws when it is not. Default: none. */
  verify?: (url: string, signal?: AbortSignal) => Promise<void>
  /** How long to wait for another migrator, in milliseconds. Default 5 minutes. */
  waitMs?: number
  /** Stops it when aborted: what it has applied is undone, as when it fails. */
  signal?: AbortSignal
  /** Stop before the backup. Default false. */
  dryRun?: boolean
  onProgress?: OnProgress
  /** Called with one line for each part of the deployment. */
  onPart?: (line: string) => void
}

export type Deployed = { planned: string[]; applied: string[]; backup: string | null }

/** A deployment that failed; `undoing` says what the database is now. */
export class DeployError extends Error {
  readonly undoing: Undoing

  constructor(message: string, undoing: Undoing, cause: unknown) {
    super(message, { cause })
    this.name = 'DeployError'
    this.undoing = undoing
  }
}

/**
 * Check, back up, migrate, verify. When migrating or verifying fails, everything that this run applied is
 * undone by its down, or, where a down would not or did not bring back all rows or the same schema, the
 * backup is restored.
 * @throws {MigrationError} when the check or the backup fails: nothing was changed.
 * @throws {DeployError} when a later part fails: `undoing` says what the database is now.
 */
export async function deploy(url: string, options: DeployOptions): Promise<Deployed> {
  const { folder = migrationsFolder, backupFolder, dryRun = false, onPart = () => {} } = options
  const migrations = await readMigrations(folder)
  const status = await migrationStatus(url, { folder })
  assertUnchanged(status, folder)
  const pending = pendingUpTo(migrations, status.applied, 'head')
  await assertFaultless(url, folder)
  const planned = pending.map(({ name }) => name)
  const before = await withClient(url, describeCatalog)
  onPart(
    `checked: ${planned.length === 0 ? 'nothing is pending' : `pending ${planned.join(', ')}`}`,
  )
  if (dryRun) return { planned, applied: [], backup: null }
  if (planned.length === 0) {
    await prove(url, options)
    onPart('verified: the book and the migrations')
    return { planned, applied: [], backup: null }
  }

  await backup(url, { folder: backupFolder, onNote: onPart })
  onPart(`backed up: ${backupFolder}`)
  const content = pending.some(mayChangeRows) ? await withClient(url, contentOf) : null
  const started: string[] = []
  const onProgress: OnProgress = (progress) => {
    if (progress.type === 'started') started.push(progress.name)
    options.onProgress?.(progress)
  }
  const { signal } = options
  try {
    const { applied } = await migrate(url, {
      ...limits(options),
      signal,
      folder,
      waitMs: options.waitMs,
      onProgress,
    })
    onPart(`migrated: ${applied.join(', ')}`)
    signal?.throwIfAborted()
    await prove(url, options)
    signal?.throwIfAborted()
    onPart('verified: the book and the migrations')
    return { planned, applied, backup: backupFolder }
  } catch (error) {
    const cause = signal?.aborted ? signal.reason : error
    onPart(`failed: ${(cause as Error).message}`)
    const begun = pending.filter(({ name }) => started.includes(name))
    // Nothing begun: then whatever is different now is another migrator's work.
    const undoing =
      started.length === 0
        ? 'nothing_to_undo'
        : await undo(url, { migrations, begun, before, content }, options)
    throw new DeployError(outcome[undoing](cause as Error, backupFolder), undoing, cause)
  }
}

/** @throws {MigrationError} `broken_folder` when `db:check` would find anything in what is pending. */
async function assertFaultless(url: string, folder: string): Promise<void> {
  const faults = await check({ folder, url })
  if (faults.length === 0) return
  const list = faults
    .map(({ rule, place, message }) => `${place}\n  ${rule}: ${message}`)
    .join('\n')
  throw new MigrationError(
    'broken_folder',
    `Nothing was changed, for the check found faults:\n${list}`,
    {
      faults,
    },
  )
}

const outcome: Record<Undoing, (cause: Error, backup: string) => string> = {
  nothing_to_undo: ({ message }) =>
    `The deployment failed, and the database is as it was: ${message}`,
  undone_by_down: ({ message }) =>
    `The deployment failed, what it had applied was undone, and the schema is as it was: ${message}`,
  restored_from_backup: ({ message }, backup) =>
    `The deployment failed, and the database was restored from ${backup}: ${message}`,
  not_undone: ({ message }, backup) =>
    `The deployment failed AND COULD NOT BE UNDONE. Stop the servers, find out why, and restore by hand: pnpm db:restore ${backup} --replace. ${message}`,
}

/** @throws when the database is not what this code needs, or the book does not add up. */
async function prove(url: string, { folder, verify, signal }: DeployOptions): Promise<void> {
  const { state, pending } = await migrationStatus(url, { folder })
  if (state !== 'current') {
    throw new MigrationError(
      'failed',
      `The database is ${state} after migrating (${pending.join(', ')}).`,
    )
  }
  const faults = await withClient(url, bookFaults)
  if (faults.length > 0) {
    throw new MigrationError('failed', `Stock levels and movements disagree: ${faults.join('; ')}.`)
  }
  await verify?.(url, signal)
}

const limits = ({ lockTimeoutMs, statementTimeoutMs, attempts }: Limits): Limits => ({
  lockTimeoutMs,
  statementTimeoutMs,
  attempts,
})
