import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { checkBackup } from '../../src/migrate/backup/manifest.ts'
import { type DeployError, deploy } from '../../src/migrate/deploy/deploy.ts'
import { migrate, migrationStatus } from '../../src/migrate/index.ts'
import { lockKey } from '../../src/migrate/run/connection.ts'
import { contentOf } from '../../src/migrate/verify/content.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, type Files } from './workshop.ts'

/** A database with the project's schema, a table of goods with three rows, and pending migrations. */
async function installation(pending: Record<string, Files>) {
  const workshop = await createWorkshop({ withProject: true })
  const aside = await createWorkshop()
  const database = await createTestDatabase()
  onTestFinished(async () => {
    await workshop[Symbol.asyncDispose]()
    await aside[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })
  await workshop.add('8001_add_goods', {
    up: `create table goods (id int primary key, name text, note text);
         insert into goods values (1, 'Anvil', 'heavy'), (2, 'Bolt', null), (3, 'Cog', 'round')`,
    down: 'drop table goods',
  })
  await migrate(database.url, workshop)
  for (const [name, files] of Object.entries(pending)) await workshop.add(name, files)
  const { url } = database
  return {
    url,
    folder: workshop.folder,
    backupFolder: join(aside.folder, 'backup'),
    aside: aside.folder,
  }
}

async function everything(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const content = await contentOf(client)
  await client.end()
  return { content, catalog: await catalogOf(url) }
}

const addPrice: Files = {
  up: 'alter table goods add price numeric not null default 0',
  down: '-- loses data: goods.price of every row\nalter table goods drop price',
}
const fails: Files = { up: 'update goods set name = null; select nonsense', down: 'select 1' }
const limits = { lockTimeoutMs: 200, attempts: 3 }

const failureOf = (run: Promise<unknown>): Promise<DeployError> =>
  run.then(
    () => {
      throw new Error('it did not fail')
    },
    (error) => error,
  )

test('a deployment checks, backs up, migrates and verifies', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  const parts: string[] = []
  const deployed = await deploy(place.url, { ...place, onPart: (line) => parts.push(line) })
  expect(deployed).toMatchObject({ applied: ['8002_add_price'], backup: place.backupFolder })
  expect(parts.map((part) => part.split(':')[0])).toEqual([
    'checked',
    'backed up',
    'migrated',
    'verified',
  ])
  expect((await migrationStatus(place.url, place)).state).toBe('current')
  const { tables } = await checkBackup(place.backupFolder)
  expect(tables).toContainEqual({ table: 'public.goods', rows: 3 })
})

test('a failing last migration leaves the old schema and all rows', async () => {
  const place = await installation({ '8002_add_price': addPrice, '8003_break_things': fails })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, { ...place, ...limits }))
  expect(failure).toMatchObject({ name: 'DeployError', undoing: 'undone_by_down' })
  expect(failure.message).toContain('8003_break_things')
  expect(await everything(place.url)).toEqual(before)
  const { applied } = await migrationStatus(place.url, place)
  expect(applied.at(-1)).toBe('8001_add_goods')
})

test.for([
  [
    'drops a column',
    {
      up: `-- allow: data-loss nobody reads it\n-- allow: ban-drop-column nobody reads it
alter table "goods" drop column "note"`,
      down: 'alter table goods add note text',
    },
  ],
  ['has a down that fails', { ...addPrice, down: 'alter table goods drop nonsense' }],
  ['has a down that forgets something', { ...addPrice, down: 'select 1' }],
  [
    'cannot be undone',
    { up: `-- irreversible: it is meant so\nupdate goods set name = 'x'`, down: null },
  ],
] as const)(
  'when a migration before the failing one %s, the backup brings back schema and rows',
  async ([, files]) => {
    const place = await installation({ '8002_do_something': files, '8003_break_things': fails })
    const before = await everything(place.url)
    const failure = await failureOf(deploy(place.url, { ...place, ...limits }))
    expect(failure.undoing).toBe('restored_from_backup')
    expect(await everything(place.url)).toEqual(before)
    expect((await migrationStatus(place.url, place)).applied.at(-1)).toBe('8001_add_goods')
  },
)

test.for([
  ['deletes some rows', { up: 'delete from goods where id = 2', down: 'select 1' }],
  ['rewrites rows', { up: `update goods set name = 'x' where id = 1`, down: 'select 1' }],
  [
    'rewrites rows in a block',
    { up: `do $$ begin update goods set name = 'x'; end $$`, down: 'select 1' },
  ],
  [
    'rewrites rows in TypeScript',
    {
      data: `export const up = ({ query }: any) => query('update goods set note = null')
export const down = async () => {}`,
    },
  ],
  [
    'deletes rows inside a query',
    {
      up: 'with gone as (delete from goods where id = 3 returning id) select id from gone',
      down: 'select 1',
    },
  ],
] as const)(
  'when a migration before the failing one %s and its down does not bring them back, the backup does',
  async ([, files]) => {
    const place = await installation({ '8002_do_something': files, '8003_break_things': fails })
    const before = await everything(place.url)
    const failure = await failureOf(deploy(place.url, { ...place, ...limits }))
    expect(failure, failure.message).toMatchObject({ undoing: 'restored_from_backup' })
    expect(await everything(place.url)).toEqual(before)
  },
)

test('when a down brings rewritten rows back, no backup is restored', async () => {
  const place = await installation({
    '8002_shift_ids': {
      up: 'update goods set id = id + 10',
      down: 'update goods set id = id - 10',
    },
    '8003_break_things': fails,
  })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, { ...place, ...limits }))
  expect(failure.undoing).toBe('undone_by_down')
  expect(await everything(place.url)).toEqual(before)
})

test('batches of a resumable data step that stopped are taken back by the backup', async () => {
  const data = `export const transaction = false
export const up = ({ batches }: any) => batches({ start: 1, async run(query: any, id: number) {
  await query('update goods set name = null where id = $1', [id])
  if (id === 2) throw new Error('enough')
  return { rows: 1, next: id + 1 }
} })
export const down = async () => {}`
  const place = await installation({ '8002_forget_names': { data } })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, place))
  expect(failure.undoing).toBe('restored_from_backup')
  expect(await everything(place.url)).toEqual(before)
})

test('a book that does not add up after migrating undoes the deployment', async () => {
  const place = await installation({
    '8002_invent_stock': {
      up: `set local session_replication_role = replica;
insert into stock_levels (product_id, location_id, on_hand, last_occurred_at)
values (gen_random_uuid(), gen_random_uuid(), 5, now())`,
      down: `set local session_replication_role = replica; delete from stock_levels where on_hand = 5`,
    },
  })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, place))
  expect(failure.message).toContain('level 5, movements 0')
  expect(failure.undoing).toBe('undone_by_down')
  expect(await everything(place.url)).toEqual(before)
})

test('a proof of one’s own that fails undoes the deployment', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  const before = await everything(place.url)
  const verify = async () => {
    throw new Error('the page is blank')
  }
  const failure = await failureOf(deploy(place.url, { ...place, verify }))
  expect(failure.message).toContain('the page is blank')
  expect(await everything(place.url)).toEqual(before)
})

test('a deployment that cannot back up changes nothing', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, { ...place, backupFolder: place.folder }))
  expect(failure).toMatchObject({ code: 'wrong_usage' })
  expect(await everything(place.url)).toEqual(before)
})

test('an edited applied migration stops a deployment before its backup', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  await appendFile(join(place.folder, '8001_add_goods', 'migration.sql'), '\n')
  expect(await failureOf(deploy(place.url, place))).toMatchObject({ code: 'edited' })
  expect(await readdir(place.aside)).toEqual([])
})

test('a dry run and a run with nothing pending change nothing and make no backup', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  const before = await everything(place.url)
  expect(await deploy(place.url, { ...place, dryRun: true })).toEqual({
    planned: ['8002_add_price'],
    applied: [],
    backup: null,
  })
  expect(await everything(place.url)).toEqual(before)
  await migrate(place.url, place)
  expect(await deploy(place.url, place)).toEqual({ planned: [], applied: [], backup: null })
  expect(await readdir(place.aside)).toEqual([])
})

test('what the check finds in a pending migration stops a deployment before its backup', async () => {
  const place = await installation({
    '8002_drop_note': { up: 'alter table "goods" drop column "note"', down: 'select 1' },
  })
  const before = await everything(place.url)
  const failure = await failureOf(deploy(place.url, place))
  expect(failure).toMatchObject({ code: 'broken_folder' })
  expect(failure.message).toContain('data-loss')
  expect(await everything(place.url)).toEqual(before)
  expect(await readdir(place.aside)).toEqual([])
})

test('a deployment that another migrator keeps waiting leaves that one’s work alone', async () => {
  const place = await installation({ '8002_add_price': addPrice })
  const other = new pg.Client({ connectionString: place.url })
  await other.connect()
  // The other one comes between the backup and the migration, and goes on.
  const onPart = (line: string) => {
    if (line.startsWith('backed up')) {
      void other.query(`select pg_advisory_lock(${lockKey}); create table others_work (id int)`)
    }
  }
  const failure = await failureOf(deploy(place.url, { ...place, onPart, waitMs: 300 }))
  await other.end()
  expect(failure.undoing).toBe('nothing_to_undo')
  expect((await everything(place.url)).catalog).toContain('table public.others_work')
})
