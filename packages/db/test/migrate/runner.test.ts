import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test } from 'vitest'
import { migrate, migrationStatus, type Progress, rollback } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, sql } from './workshop.ts'

const things = 'create table things (id int primary key, name text)'

test('five migrators at once: all succeed, each migration runs once', async () => {
  await using workshop = await createWorkshop()
  for (const number of [1, 2, 3]) {
    // Not "if not exists": a second run of any of them would fail.
    await workshop.add(`000${number}_add_table`, { up: `create table t${number} (id int)` })
  }
  for (let round = 0; round < 4; round++) {
    await using database = await createTestDatabase({ empty: true })
    const five = Array.from({ length: 5 }, () => migrate(database.url, workshop))
    const results = await Promise.all(five)
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual([
      '0001_add_table',
      '0002_add_table',
      '0003_add_table',
    ])
    const log = await sql(database.url, 'select name from migrations.log')
    expect(log).toHaveLength(3)
  }
})

test('a failing statement leaves nothing of its migration and all of those before it', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  const path = await workshop.add('0002_add_faults', {
    up: 'insert into things values (1);\n--> statement-breakpoint\n\nselect 1;\nselect nonsense;\n',
  })
  const failure = await migrate(database.url, workshop).catch((error) => error)
  expect(failure.code).toBe('failed')
  expect(failure.message).toContain(`${join(path, 'migration.sql')}, line 5`)
  expect(failure.message).toContain('nonsense')
  expect(await sql(database.url, 'select * from things')).toEqual([])
  expect(await migrationStatus(database.url, workshop)).toMatchObject({
    state: 'behind',
    applied: ['0001_add_things'],
    pending: ['0002_add_faults'],
  })

  await writeFile(join(path, 'migration.sql'), 'insert into things values (1)')
  expect(await migrate(database.url, workshop)).toEqual({ applied: ['0002_add_faults'] })
})

test('a migrator that is killed leaves nothing or everything, and the next one finishes', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const inserts = Array.from({ length: 40 }, (_, id) => `insert into things values (${id}, 'x');`)
  const up = [things, ...inserts.map((insert) => `select pg_sleep(0.01); ${insert}`)]
  await workshop.add('0001_add_things', { up: up.join('\n--> statement-breakpoint\n') })
  for (const delay of [50, 250, 400]) {
    await using migrator = startMigrator(database.url, workshop.folder)
    await migrator.began
    await sleep(delay * Math.random())
    migrator.child.kill('SIGKILL')
    await once(migrator.child, 'exit')
    const [{ there }] = await sql(database.url, `select to_regclass('things') is not null as there`)
    const { applied } = await migrationStatus(database.url, workshop)
    expect(applied).toEqual(there ? ['0001_add_things'] : [])
  }
  await migrate(database.url, workshop)
  expect(await sql(database.url, 'select count(*)::int from things')).toEqual([{ count: 40 }])
})

function startMigrator(url: string, folder: string) {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', main, 'migrate', '--folder', folder],
    { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const began = once(child.stderr, 'data')
  return {
    child,
    began,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    },
  }
}

test.for(['migration.sql', 'down.sql', 'data.ts'])(
  'an applied %s that was edited stops everything by its name',
  async (file) => {
    await using database = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    const path = await workshop.add('0001_add_things', {
      up: things,
      down: 'drop table things',
      data: 'export async function up() {}\nexport async function down() {}\n',
    })
    await migrate(database.url, workshop)
    await appendFile(join(path, file), '\n')
    await workshop.add('0002_add_more', { up: 'create table more (id int)' })

    const before = await catalogOf(database.url)
    for (const run of [migrate, rollback]) {
      const failure = await run(database.url, workshop).catch((error) => error)
      expect(failure.code).toBe('edited')
      expect(failure.message).toContain(join(path, file))
    }
    expect(await catalogOf(database.url)).toEqual(before)
    expect((await migrationStatus(database.url, workshop)).state).toBe('diverged')
  },
)

test('other line ends are not an edit', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const path = await workshop.add('0001_add_things', { up: `${things};\nselect 1;\n` })
  await migrate(database.url, workshop)
  await writeFile(join(path, 'migration.sql'), `${things};\r\nselect 1;\r\n`)
  expect((await migrationStatus(database.url, workshop)).state).toBe('current')
})

test('an applied migration that is missing from the folder stops everything by its name', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  const path = await workshop.add('0002_add_more', { up: 'create table more (id int)' })
  await migrate(database.url, workshop)
  await rm(path, { recursive: true })
  expect(await migrationStatus(database.url, workshop)).toMatchObject({
    state: 'ahead',
    unknown: ['0002_add_more'],
  })
  await expect(migrate(database.url, workshop)).rejects.toMatchObject({
    code: 'missing',
    message: expect.stringContaining('0002_add_more'),
  })
})

test('the log of what was done cannot be changed', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  for (const change of ['delete from', 'truncate', 'update']) {
    const statement = `${change} migrations.log ${change === 'update' ? `set by = ''` : ''}`
    await expect(sql(database.url, statement)).rejects.toThrow('append-only')
  }
})

test('to goes as far as it says, forward and back', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  for (const number of [1, 2, 3, 4]) {
    const table = `t${number}`
    await workshop.add(`000${number}_add_${table}`, {
      up: `create table ${table} (id int)`,
      down: `drop table ${table}`,
    })
  }
  const { url } = database
  const applied = async () =>
    (await migrationStatus(url, workshop)).applied.map((it) => it.slice(9))
  await migrate(url, { ...workshop, to: '+1' })
  expect(await applied()).toEqual(['t1'])
  await migrate(url, { ...workshop, to: '0003_add_t3' })
  expect(await applied()).toEqual(['t1', 't2', 't3'])
  await migrate(url, workshop)
  await rollback(url, workshop)
  expect(await applied()).toEqual(['t1', 't2', 't3'])
  await rollback(url, { ...workshop, steps: 2 })
  expect(await applied()).toEqual(['t1'])
  await migrate(url, workshop)
  await rollback(url, { ...workshop, to: '2' })
  expect(await applied()).toEqual(['t1', 't2'])
  await rollback(url, { ...workshop, to: 'base' })
  expect(await applied()).toEqual([])
  await expect(migrate(url, { ...workshop, to: 'bogus' })).rejects.toMatchObject({
    code: 'wrong_usage',
  })
})

test('an irreversible migration in the way stops a rollback before anything is undone', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: `-- irreversible: rows are gone\n${things}`,
    down: null,
  })
  await workshop.add('0002_add_more', { up: 'create table more (id int)', down: 'drop table more' })
  await migrate(database.url, workshop)
  const failure = await rollback(database.url, { ...workshop, steps: 2 }).catch((error) => error)
  expect(failure).toMatchObject({ code: 'irreversible' })
  expect(failure.message).toContain('rows are gone')
  expect((await migrationStatus(database.url, workshop)).applied).toHaveLength(2)
})

test('a migration waits for a held lock with short tries, and succeeds when it is free', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await workshop.add('0002_add_column', { up: 'alter table things add column size int' })

  const reader = new pg.Client({ connectionString: database.url })
  await reader.connect()
  await reader.query('begin; select from things')
  const seen: Progress[] = []
  const onProgress = (progress: Progress) => {
    seen.push(progress)
    if (progress.type === 'retrying' && progress.attempt === 2) void reader.query('commit')
  }
  await migrate(database.url, { ...workshop, lockTimeoutMs: 50, onProgress })
  await reader.end()
  expect(seen.filter(({ type }) => type === 'retrying').length).toBeGreaterThanOrEqual(2)
  expect((await migrationStatus(database.url, workshop)).state).toBe('current')
})

test('a lock that is never free ends the migration after its attempts, with nothing done', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await workshop.add('0002_add_column', { up: 'alter table things add column size int' })
  const reader = new pg.Client({ connectionString: database.url })
  await reader.connect()
  await reader.query('begin; select from things')
  const failure = await migrate(database.url, {
    ...workshop,
    lockTimeoutMs: 20,
    attempts: 3,
  }).catch((error) => error)
  await reader.end()
  expect(failure).toMatchObject({ code: 'failed' })
  expect(failure.message).toContain('lock')
  expect((await migrationStatus(database.url, workshop)).pending).toEqual(['0002_add_column'])
})

test('a statement that takes too long is stopped, unless the file allows more', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const path = await workshop.add('0001_wait_long', { up: 'select pg_sleep(0.5)' })
  const limits = { ...workshop, statementTimeoutMs: 50 }
  await expect(migrate(database.url, limits)).rejects.toThrow('-- statement-timeout')
  await writeFile(join(path, 'migration.sql'), '-- statement-timeout: 1min\nselect pg_sleep(0.5)')
  expect(await migrate(database.url, limits)).toEqual({ applied: ['0001_wait_long'] })
})

test('a second migrator gives up after its time instead of waiting for ever', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_wait_long', { up: 'select pg_sleep(2)' })
  let started = () => {}
  const first = migrate(database.url, {
    ...workshop,
    onProgress: (progress) => progress.type === 'started' && started(),
  })
  await new Promise<void>((resolve) => (started = resolve))
  await expect(migrate(database.url, { ...workshop, waitMs: 100 })).rejects.toMatchObject({
    code: 'busy',
  })
  await first
})

test('a concurrent index build that fails leaves no index behind', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: `${things}; insert into things values (1, 'same'), (2, 'same')`,
  })
  await workshop.add('0002_add_indexes', {
    up: `-- no-transaction
create index concurrently things_id_idx on things (id, name);
--> statement-breakpoint
create unique index concurrently things_name_key on things (name);`,
    down: `-- no-transaction
drop index concurrently if exists things_name_key;
--> statement-breakpoint
drop index concurrently if exists things_id_idx;`,
  })
  const indexes = () =>
    sql(
      database.url,
      `select indexname from pg_indexes where indexname ~ 'things_(id|name)' order by 1`,
    )
  await expect(migrate(database.url, workshop)).rejects.toMatchObject({ code: 'failed' })
  expect(await indexes()).toEqual([])

  await sql(database.url, `update things set name = id::text`)
  await migrate(database.url, workshop)
  expect(await indexes()).toHaveLength(2)
  await rollback(database.url, workshop)
  expect(await indexes()).toEqual([])
})

test('an index build waits for an older transaction and does not begin anew', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await workshop.add('0002_add_index', { up: buildIndex })
  await using reader = await olderTransaction(database.url)
  const seen: Progress[] = []
  const building = migrate(database.url, {
    ...workshop,
    onProgress: (progress) => seen.push(progress),
  })
  const waiting = `select from pg_stat_activity where query like '%index concurrently%' and pid <> pg_backend_pid() and wait_event_type = 'Lock' and datname = current_database()`
  while ((await sql(database.url, waiting)).length === 0) await sleep(20)
  // Longer than any other migration may wait for a lock.
  await sleep(1_500)
  await reader.end()
  expect(await building).toEqual({ applied: ['0002_add_index'] })
  expect(seen.map(({ type }) => type)).toEqual(['started', 'finished'])
})

test('an index build that waited in vain leaves nothing, and names what it waited for', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await workshop.add('0002_add_index', { up: buildIndex })
  await using _reader = await olderTransaction(database.url)
  const limits = { ...workshop, lockTimeoutMs: 50, attempts: 2 }
  const failure = await migrate(database.url, limits).catch((error) => error)
  expect(failure.code).toBe('failed')
  expect(failure.message).toContain('every transaction that began before it')
  expect(failure.message).not.toContain('holds a lock on the table')
  expect(await sql(database.url, "select to_regclass('things_name_idx') as index")).toEqual([
    { index: null },
  ])
})

const buildIndex = '-- no-transaction\ncreate index concurrently things_name_idx on things (name)'

/** A transaction that sees the database as it is now, and touches no table of the migrations. */
async function olderTransaction(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin isolation level repeatable read; select 1')
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

test('an index build that was killed is cleaned up by the next run', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await workshop.add('0002_add_index', {
    up: `-- no-transaction\n-- lock-timeout: 30s\ncreate index concurrently things_name_idx on things (name)`,
  })
  const writer = new pg.Client({ connectionString: database.url })
  await writer.connect()
  await writer.query(`begin; insert into things values (1, 'x')`)
  const first = migrate(database.url, { ...workshop, attempts: 1 }).catch((error) => error)
  const building = `select pid from pg_stat_activity where query like '%index concurrently%' and pid <> pg_backend_pid() and state = 'active' and datname = current_database()`
  for (;;) {
    // On another connection: inside a transaction this view does not change.
    const rows = await sql(database.url, building)
    if (rows.length > 0 && (await invalidIndexes(writer)) === 1) break
    await sleep(20)
  }
  await sql(database.url, `select pg_terminate_backend(pid) from (${building}) as building`)
  expect(await first).toBeInstanceOf(Error)
  expect(await invalidIndexes(writer)).toBe(1)
  await writer.query('commit')
  await migrate(database.url, workshop)
  expect(await invalidIndexes(writer)).toBe(0)
  expect((await migrationStatus(writer, workshop)).state).toBe('current')
  await writer.end()
})

async function invalidIndexes(client: pg.Client): Promise<number> {
  const { rows } = await client.query('select from pg_index where not indisvalid')
  return rows.length
}

test('an index that somebody else made is not dropped by a build of the same name', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await sql(database.url, 'create index things_name_idx on things (name)')
  const before = await catalogOf(database.url)
  await workshop.add('0002_add_index', {
    up: `-- no-transaction\ncreate index concurrently things_name_idx on things (id)`,
  })
  await expect(migrate(database.url, workshop)).rejects.toThrow('exists already')
  expect(await catalogOf(database.url)).toEqual(before)
})

test('a no-transaction file with anything but index builds is refused before it does anything', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', { up: `-- no-transaction\n${things}` })
  await expect(migrate(database.url, workshop)).rejects.toMatchObject({ code: 'broken_folder' })
  expect(await catalogOf(database.url)).not.toContain('table public.things')
})

test('a migration whose folder was renamed is told, not run a second time', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const path = await workshop.add('0001_add_things', { up: things })
  await migrate(database.url, workshop)
  await rename(path, path.replace('things', 'stuff'))
  expect((await migrationStatus(database.url, workshop)).state).toBe('diverged')
  await expect(migrate(database.url, workshop)).rejects.toMatchObject({ code: 'missing' })
})

test.for(['commit', 'select 1; rollback;', 'BEGIN;', 'start transaction', 'abort'])(
  'a file with "%s" in it is refused, for it could leave a half',
  async (statement) => {
    await using database = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    await workshop.add('0001_add_things', { up: `${things};\n${statement}` })
    const failure = await migrate(database.url, workshop).catch((error) => error)
    expect(failure).toMatchObject({
      code: 'broken_folder',
      message: expect.stringContaining('line 2'),
    })
    expect(await catalogOf(database.url)).not.toContain('table public.things')
  },
)

test('the same words in functions, strings and comments are no transaction control', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: `-- commit;
${things} /* ; rollback; */;
insert into things values (1, '; commit;');
create function one() returns int language plpgsql as $$ begin perform 1; return 1; end $$;
create function two() returns int begin atomic; select 1; select 2; end;
savepoint here; rollback to here;`,
  })
  expect(await migrate(database.url, workshop)).toEqual({ applied: ['0001_add_things'] })
})

test('what a migration sets for its session does not reach the next one', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_set_path', { up: 'create schema side; set search_path = side' })
  await workshop.add('0002_add_things', { up: things })
  await migrate(database.url, workshop)
  expect(await catalogOf(database.url)).toContain('table public.things')
})
