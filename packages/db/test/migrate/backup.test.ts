import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { backup } from '../../src/migrate/backup/backup.ts'
import { sumOf, writeManifest } from '../../src/migrate/backup/manifest.ts'
import { findPgTools } from '../../src/migrate/backup/pgTools.ts'
import { restore } from '../../src/migrate/backup/restore.ts'
import { migrate, migrationStatus } from '../../src/migrate/index.ts'
import { withClient } from '../../src/migrate/run/connection.ts'
import { describeStructure } from '../../src/migrate/verify/catalog.ts'
import { contentOf } from '../../src/migrate/verify/content.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, sql } from './workshop.ts'

/** One of everything that a backup must bring back. */
const everything = `
  create schema side;
  create type side.mood as enum ('good', 'it''s "bad"');
  create function side.twice(n int) returns int language sql immutable as $$ select n * 2 $$;
  create sequence side.numbers start 5 increment 7;
  create table side.kept (
    id int generated always as identity primary key,
    position serial,
    parent int references side.kept,
    mood side.mood not null default 'good',
    words text collate "C",
    bytes bytea default '\\x00ff',
    at timestamptz(3) default '2026-01-01 00:00:00.123+00',
    parts text[] default '{a,"b c",NULL}',
    doubled int generated always as (side.twice(3)) stored,
    many numeric(20, 6) default 12345678901234.123456,
    body jsonb default '{"a": [1, null, "x\\ny"]}',
    constraint kept_words_check check (words <> 'forbidden'),
    constraint kept_bounds_check check (id between 1 and 9999 and parent between 1 and 9999)
  );
  create unique index kept_words_idx on side.kept (lower(words)) where words is not null;
  create function side.count_rows(kept side.kept) returns bigint language sql as $$ select count(*) from side.kept $$;
  create view side.moods as select mood, count(*) as rows from side.kept group by mood;
  create materialized view side.frozen as select * from side.moods;
  create function side.stop() returns trigger language plpgsql as $$ begin raise exception 'no rows here'; end $$;
  insert into side.kept (words, parent) select 'row ' || n || e'\\t\\\\ \\n Ünïcödé 😀', nullif(n - 1, 0) from generate_series(1, 500) n;
  insert into side.kept (words) values (null), ('');
  select nextval('side.numbers');
  create trigger stop_rows before insert on side.kept for each row execute function side.stop();
  alter table side.kept disable trigger stop_rows;
  create trigger stop_truncate before truncate on side.kept execute function side.stop();
  comment on column side.kept.words is 'what it says';
`

async function filled() {
  const database = await createTestDatabase()
  await sql(database.url, everything)
  return database
}

async function backupFolder(): Promise<string> {
  const workshop = await createWorkshop()
  onTestFinished(() => workshop[Symbol.asyncDispose]())
  return join(workshop.folder, 'backup')
}

const contents = (url: string) =>
  withClient(url, async (client) => ({
    catalog: await catalogOf(url),
    content: await contentOf(client),
  }))

const {
  rows: [{ version }],
} = await (async () => {
  await using database = await createTestDatabase({ empty: true })
  return {
    rows: await sql(database.url, `select current_setting('server_version_num')::int as version`),
  }
})()
const methods = (await findPgTools(version)) ? (['copy', 'pg_dump'] as const) : (['copy'] as const)

test.for(methods)(
  'a backup by %s brings back every row and every thing of the schema',
  async (method) => {
    await using source = await filled()
    await using target = await createTestDatabase({ empty: true })
    const folder = await backupFolder()
    const manifest = await backup(source.url, { folder, method })
    expect(manifest.tables).toContainEqual({ table: 'side.kept', rows: 502 })
    expect(manifest.method).toBe(method)

    await restore(target.url, folder)
    expect(await contents(target.url)).toEqual(await contents(source.url))
    expect(await migrationStatus(target.url)).toMatchObject({ state: 'current' })
    // The sequences go on where they were.
    const next = `insert into side.kept (words) values ('one more') returning id, position, nextval('side.numbers')`
    expect(await sql(target.url, next)).toEqual(await sql(source.url, next))
    await expect(sql(target.url, 'truncate side.kept cascade')).rejects.toThrow('no rows here')
  },
)

/** Contents in which a careless copy would lose or alter a byte, up to the largest that is kept. */
const files = {
  'every byte.png': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  'zeros.pdf': Buffer.alloc(3),
  'looks like an escape.csv': Buffer.from(String.raw`\x00\\000\N\.` + '\n\\.\n\t\r\n'),
  'no text.csv': Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80]),
  'large.png': randomBytes(5 * 1024 * 1024),
}

async function attach(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const [{ user, product }] = await sql(
      url,
      `with made as (insert into users (username, display_name, role, kind)
          values ('o', 'O', 'operator', 'service') returning id)
        insert into products (sku, name, base_unit) values ('S', 'S', 'piece')
        returning id as product, (select id from made) as user`,
    )
    for (const [fileName, content] of Object.entries(files)) {
      const id = randomUUID()
      await client.query(
        `insert into attachments (id, product_id, file_name, media_type, byte_size, sha256, created_by)
          values ($1, $2, $3, 'image/png', $4, $5, $6)`,
        [id, product, fileName, content.length, sha256Of(content), user],
      )
      await client.query(
        'insert into attachment_contents (attachment_id, content) values ($1, $2)',
        [id, content],
      )
    }
  })
}

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test.for(methods)('attachments come back bit for bit by %s', async (method) => {
  await using source = await createTestDatabase()
  await attach(source.url)
  await using target = await createTestDatabase({ empty: true })
  const folder = await backupFolder()
  await backup(source.url, { folder, method })
  await restore(target.url, folder)
  const rows: { file_name: string; sha256: string; content: Buffer }[] = await sql(
    target.url,
    `select file_name, sha256, content from attachments
      join attachment_contents on attachment_id = attachments.id`,
  )
  expect(rows).toHaveLength(Object.keys(files).length)
  for (const { file_name: name, sha256, content } of rows) {
    expect(content.equals(files[name as keyof typeof files]), name).toBe(true)
    expect(sha256Of(content), name).toBe(sha256)
  }
})

test.for(methods)(
  'one flipped byte anywhere in a backup by %s is refused, and nothing is restored',
  async (method) => {
    await using source = await filled()
    await using target = await createTestDatabase({ empty: true })
    const folder = await backupFolder()
    await backup(source.url, { folder, method })
    const before = await catalogOf(target.url)
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) {
      const whole = await readFile(file)
      for (const place of [0, Math.floor(Math.random() * whole.length), whole.length - 1]) {
        const flipped = Buffer.from(whole)
        flipped[place] = (flipped[place] ?? 0) ^ 0x01
        await writeFile(file, flipped)
        const failure = await restore(target.url, folder).catch((error) => error)
        expect(failure, `${file}, byte ${place}`).toMatchObject({ code: 'damaged' })
      }
      await writeFile(file, whole)
    }
    expect(await catalogOf(target.url)).toEqual(before)
    await rm(files[0] ?? '')
    await expect(restore(target.url, folder)).rejects.toThrow()
  },
)

test.for(methods)(
  'a database that is not empty is left alone, unless it is to be replaced (%s)',
  async (method) => {
    await using source = await filled()
    await using target = await createTestDatabase()
    const folder = await backupFolder()
    await backup(source.url, { folder, method })
    await sql(target.url, 'create table public.stranger (id int)')
    const before = await contents(target.url)
    await expect(restore(target.url, folder)).rejects.toMatchObject({ code: 'wrong_usage' })
    expect(await contents(target.url)).toEqual(before)
    await restore(target.url, folder, { replace: true })
    expect(await contents(target.url)).toEqual(await contents(source.url))
  },
)

test.for(methods)('the schema public stays whose it was, with its comment (%s)', async (method) => {
  await using source = await createTestDatabase({ empty: true })
  await using target = await createTestDatabase({ empty: true })
  const facts = `
    select nspowner::regrole::text as owner, obj_description(oid, 'pg_namespace') as comment
    from pg_namespace where nspname = 'public'`
  const before = await sql(target.url, facts)
  expect(before).toEqual([{ owner: 'pg_database_owner', comment: 'standard public schema' }])
  const folder = await backupFolder()
  await backup(source.url, { folder, method })
  await restore(target.url, folder)
  expect(await sql(target.url, facts)).toEqual(before)
  await sql(target.url, 'drop schema public')
  await restore(target.url, folder)
})

test.for([
  ['a type', `create type mood as enum ('good')`],
  ['a domain', 'create domain quantity as int'],
  ['a function', `create function one() returns int language sql as 'select 1'`],
  ['a table', 'create table stranger ()'],
] as const)('a database that holds no more than %s is not empty', async ([, thing]) => {
  await using source = await createTestDatabase({ empty: true })
  await using target = await createTestDatabase({ empty: true })
  const folder = await backupFolder()
  await backup(source.url, { folder, method: 'copy' })
  await sql(target.url, thing)
  await expect(restore(target.url, folder)).rejects.toMatchObject({ code: 'wrong_usage' })
  await restore(target.url, folder, { replace: true })
  await restore(target.url, folder)
})

test.for(methods)(
  'rights come back, and what was taken from everybody stays taken (%s)',
  async (method) => {
    await using source = await createTestDatabase({ empty: true })
    await using target = await createTestDatabase({ empty: true })
    const role = `role_${Math.random().toString(36).slice(2)}`
    await sql(
      source.url,
      `create role ${role};
     create table readable (id int, secret text);
     grant select (id) on readable to ${role};
     grant insert on readable to ${role} with grant option;
     create function closed() returns int language sql as 'select 1';
     revoke execute on function closed() from public;
     create function open_to_it() returns int language sql as 'select 1';
     revoke execute on function open_to_it() from public;
     grant execute on function open_to_it() to ${role};`,
    )
    const rights = `select
    has_column_privilege('${role}', 'readable', 'id', 'select') as id,
    has_column_privilege('${role}', 'readable', 'secret', 'select') as secret,
    has_table_privilege('${role}', 'readable', 'insert with grant option') as insert,
    has_table_privilege('${role}', 'readable', 'delete') as delete,
    has_function_privilege('${role}', 'closed()', 'execute') as closed,
    has_function_privilege('${role}', 'open_to_it()', 'execute') as open,
    has_schema_privilege('${role}', 'public', 'usage') as schema`
    const folder = await backupFolder()
    await backup(source.url, { folder, method })
    await restore(target.url, folder)
    const expected = {
      id: true,
      secret: false,
      insert: true,
      delete: false,
      closed: false,
      open: true,
      schema: true,
    }
    expect(await sql(source.url, rights)).toEqual([expected])
    expect(await sql(target.url, rights)).toEqual([expected])

    // On a server without the role the rest is restored all the same.
    for (const { url } of [source, target]) await sql(url, `drop owned by ${role}`)
    await sql(source.url, `drop role ${role}`)
    await restore(target.url, folder, { replace: true })
    expect(await sql(target.url, 'select count(*)::int from readable')).toEqual([{ count: 0 }])
  },
)

test('a restore that fails at its end leaves the database as it was', async () => {
  await using source = await filled()
  await using target = await createTestDatabase()
  const folder = await backupFolder()
  await backup(source.url, { folder, method: 'copy' })
  // Held by somebody else, the table cannot be removed: the transaction ends in an error.
  const before = await contents(target.url)
  const reader = new pg.Client({ connectionString: target.url })
  await reader.connect()
  await reader.query('begin; select from users')
  await expect(restore(target.url, folder, { replace: true, lockTimeoutMs: 100 })).rejects.toThrow(
    'lock timeout',
  )
  await reader.end()
  expect(await contents(target.url)).toEqual(before)
})

test('a backup by copy that was made before, with constraints told with their brackets, is restored', async () => {
  await using source = await createTestDatabase()
  await using target = await createTestDatabase({ empty: true })
  const folder = await backupFolder()
  const { files, ...manifest } = await backup(source.url, { folder, method: 'copy' })
  const file = join(folder, 'schema.json')
  const { structure: _, ...schema } = JSON.parse(await readFile(file, 'utf8'))
  const writeOld = async (catalog: string[]) => {
    await writeFile(file, JSON.stringify({ ...schema, catalog }))
    const others = files.filter((one) => one.file !== 'schema.json')
    const all = [await sumOf(folder, 'schema.json'), ...others]
    await writeManifest(folder, { ...manifest, files: all })
  }
  const catalog = await withClient(source.url, (client) => describeStructure(client, 'bracketed'))
  await writeOld(catalog.slice(1))
  await expect(restore(target.url, folder)).rejects.toMatchObject({ code: 'damaged' })
  await writeOld(catalog)
  await restore(target.url, folder)
  expect(await catalogOf(target.url)).toEqual(await catalogOf(source.url))
})

test('a backup shows one moment, although rows are written meanwhile', async () => {
  await using source = await filled()
  await using target = await createTestDatabase({ empty: true })
  await sql(source.url, 'create table public.one (id int); create table public.two (id int)')
  const folder = await backupFolder()
  let writing = true
  const writer = (async () => {
    for (let id = 0; writing; id++) {
      await sql(
        source.url,
        `begin; insert into one values (${id}); insert into two values (${id}); commit`,
      )
    }
  })()
  await backup(source.url, { folder, method: 'copy' })
  writing = false
  await writer
  await restore(target.url, folder)
  const rows = 'select (select count(*) from one) as one, (select count(*) from two) as two'
  const [{ one, two }] = await sql(target.url, rows)
  expect(one).toBe(two)
})

test('what only pg_dump can hold is refused, not left out', async () => {
  await using source = await createTestDatabase({ empty: true })
  await sql(source.url, 'create table parted (id int) partition by range (id)')
  const folder = await backupFolder()
  const failure = await backup(source.url, { folder, method: 'copy' }).catch((error) => error)
  expect(failure.message).toContain('partitioned table public.parted')
  expect(await readdir(join(folder, '..'))).toEqual([])
})

test('a folder that is there is not written over', async () => {
  await using source = await createTestDatabase()
  const folder = await backupFolder()
  await backup(source.url, { folder })
  await expect(backup(source.url, { folder })).rejects.toMatchObject({ code: 'wrong_usage' })
})

test('a database that was restored can be migrated on', async () => {
  await using source = await createTestDatabase({ empty: true })
  await using target = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: 'create table things (id int)',
    down: 'drop table things',
  })
  await migrate(source.url, workshop)
  const folder = await backupFolder()
  await backup(source.url, { folder, method: 'copy' })
  await restore(target.url, folder)
  await workshop.add('0002_add_more', { up: 'create table more (id int)', down: 'drop table more' })
  expect(await migrate(target.url, workshop)).toEqual({ applied: ['0002_add_more'] })
  await expect(sql(target.url, 'delete from migrations.log')).rejects.toThrow('append-only')
})
