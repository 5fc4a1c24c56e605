import { hostname, userInfo } from 'node:os'
import type pg from 'pg'
import type { Migration } from '../folder/folder.ts'

/** A pool or a connection: whatever can run a statement. */
export type Queryable = {
  query(text: string, values?: unknown[]): Promise<Pick<pg.QueryResult, 'rows' | 'rowCount'>>
}

/** A migration as the database remembers it. */
export type AppliedMigration = {
  name: string
  /** Grows in the order of application. */
  position: number
  checksums: Record<string, string>
  appliedAt: Date
  appliedBy: string
  durationMs: number
}

export type LogDirection = 'up' | 'down' | 'stamp' | 'unstamp'

export type LogEntry = {
  name: string
  direction: LogDirection
  at: Date
  by: string
  durationMs: number
}

// A schema of its own: it stays when the last migration is undone, and no diff of the models sees it.
export const createJournal = `
  create schema if not exists migrations;
  create table if not exists migrations.applied (
    name text primary key,
    position bigint generated always as identity unique,
    checksums jsonb not null,
    applied_at timestamptz not null default clock_timestamp(),
    applied_by text not null,
    duration_ms integer not null
  );
  create table if not exists migrations.log (
    id bigint generated always as identity primary key,
    name text not null,
    direction text not null check (direction in ('up', 'down', 'stamp', 'unstamp')),
    checksums jsonb not null,
    at timestamptz not null default clock_timestamp(),
    by text not null,
    duration_ms integer not null
  );
  create table if not exists migrations.unfinished (
    name text primary key,
    direction text not null check (direction in ('up', 'down')),
    started_at timestamptz not null default clock_timestamp(),
    checkpoint jsonb
  );
  create or replace function migrations.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'migrations.log is append-only: % refused', tg_op;
  end $$;
  create or replace trigger log_is_append_only
    before update or delete or truncate on migrations.log
    for each statement execute function migrations.refuse_change();
`

export async function ensureJournal(client: Queryable): Promise<void> {
  if (!(await hasJournal(client))) await client.query(`begin; ${createJournal} commit`)
}

async function hasJournal(client: Queryable): Promise<boolean> {
  const { rows } = await client.query(
    `select to_regclass('migrations.unfinished') is not null as there`,
  )
  return rows[0].there
}

/** All that the database remembers as applied, in the order of application. */
export async function readApplied(client: Queryable): Promise<AppliedMigration[]> {
  if (!(await hasJournal(client))) return []
  const { rows } = await client.query(`
    select name, position::int as position, checksums, applied_at as "appliedAt",
      applied_by as "appliedBy", duration_ms as "durationMs"
    from migrations.applied order by position`)
  return rows
}

/** Everything that was ever done, oldest first. */
export async function readLog(client: Queryable): Promise<LogEntry[]> {
  if (!(await hasJournal(client))) return []
  const { rows } = await client.query(
    `select name, direction, at, by, duration_ms as "durationMs" from migrations.log order by id`,
  )
  return rows
}

/** Writes down one step, in the caller's transaction. */
export async function record(
  client: Queryable,
  migration: Pick<Migration, 'name' | 'checksums'>,
  direction: LogDirection,
  durationMs: number,
): Promise<void> {
  const values = [migration.name, JSON.stringify(migration.checksums), author(), durationMs]
  if (direction === 'up' || direction === 'stamp') {
    await client.query(
      `insert into migrations.applied (name, checksums, applied_by, duration_ms) values ($1, $2, $3, $4)
       on conflict (name) do update set checksums = excluded.checksums`,
      values,
    )
  } else await client.query('delete from migrations.applied where name = $1', [migration.name])
  await client.query(
    `insert into migrations.log (name, direction, checksums, by, duration_ms) values ($1, $5, $2, $3, $4)`,
    [...values, direction],
  )
}

/** Who runs this, as the history shows it: the system's user and machine. */
function author(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}@${hostname()}`
  }
}
