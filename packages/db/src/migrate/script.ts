import { MigrationError } from './errors.ts'
import type { Migration } from './folder/folder.ts'
import type { Direction } from './progress.ts'
import { irreversibleReason } from './reversible.ts'
import { lockKey } from './run/connection.ts'
import { createJournal } from './run/journal.ts'
import { limitStatements } from './run/limits.ts'

/**
 * The migrations as a script for psql, for places where only SQL may be run. It takes the same lock,
 * keeps the same books and stops at the first error, so `db:current` is right afterwards.
 * @throws {MigrationError} `wrong_usage` when one has a step in TypeScript; `irreversible`.
 */
export function scriptOf(migrations: Migration[], direction: Direction): string {
  return [
    `\\set ON_ERROR_STOP on`,
    `select pg_advisory_lock(${lockKey});`,
    `begin;${createJournal}commit;`,
    ...migrations.map((migration) => step(migration, direction)),
    `select pg_advisory_unlock(${lockKey});`,
    '',
  ].join('\n')
}

function step(migration: Migration, direction: Direction): string {
  const { name, data, up, down } = migration
  if (data) {
    throw new MigrationError(
      'wrong_usage',
      `${name} has a step in TypeScript (data.ts), which SQL cannot hold. Write the script for the ones before it (--to), run that one with pnpm db:migrate, then go on.`,
    )
  }
  const file = direction === 'up' ? up : down
  const why = irreversibleReason(migration)
  if (!file || (direction === 'down' && why)) {
    throw new MigrationError(
      'irreversible',
      `${name} cannot be undone: ${why ?? 'it has no down.sql'}.`,
    )
  }
  const statements = file.statements.map(({ text }) => `${text}\n;`)
  const { noTransaction } = file.headers
  const limits = limitStatements(file.headers).map((statement) => `${statement};`)
  const body = noTransaction
    ? [...limits, ...statements, 'begin;', ...bookkeeping(migration, direction), 'commit;']
    : ['begin;', ...limits, ...statements, ...bookkeeping(migration, direction), 'commit;']
  return ['', `-- ${name}, ${direction}`, ...body].join('\n')
}

function bookkeeping({ name, checksums }: Migration, direction: Direction): string[] {
  const sums = `'${JSON.stringify(checksums)}'`
  const state =
    direction === 'up'
      ? `insert into migrations.applied (name, checksums, applied_by, duration_ms) values ('${name}', ${sums}, current_user, 0);`
      : `delete from migrations.applied where name = '${name}';`
  return [
    state,
    `insert into migrations.log (name, direction, checksums, by, duration_ms) values ('${name}', '${direction}', ${sums}, current_user, 0);`,
  ]
}
