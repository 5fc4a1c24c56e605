import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as t from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { check } from '../../src/migrate/check/check.ts'
import { generate } from '../../src/migrate/generate/generate.ts'
import { migrate } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { createWorkshop, sql } from './workshop.ts'

const schema = {
  products: t.pgTable('products', { id: t.bigint({ mode: 'number' }).primaryKey() }),
}

/** A folder with a first migration that has no fault. */
async function faultless() {
  const workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema })
  return workshop
}

const rules = (faults: { rule: string }[]) => faults.map(({ rule }) => rule)

test('a folder that keeps to the rules has no faults', async () => {
  await using workshop = await faultless()
  expect(await check({ ...workshop, schema })).toEqual([])
})

test('models that say more than the migrations are a fault that shows the missing SQL', async () => {
  await using workshop = await faultless()
  const more = { ...schema, places: t.pgTable('places', { id: t.bigint({ mode: 'number' }) }) }
  const [fault, ...others] = await check({ ...workshop, schema: more })
  expect(others).toEqual([])
  expect(fault).toMatchObject({
    rule: 'models',
    message: expect.stringContaining('CREATE TABLE "places"'),
  })
})

test.for([
  [
    'no-down',
    '0002_add_things',
    { up: 'select 1', down: null },
    '-- irreversible: nothing is kept\nselect 1',
  ],
  [
    'no-down',
    '0002_add_things',
    { up: 'select 1', down: '-- later' },
    '-- irreversible: nothing is kept\nselect 1',
  ],
  [
    'data-loss',
    '0002_drop_notes',
    { up: 'drop table "notes"', down: 'select 1' },
    '-- allow: data-loss nobody used it\n-- allow: ban-drop-table nobody used it\ndrop table "notes"',
  ],
  [
    'require-concurrent-index-creation',
    '0002_add_index',
    { up: 'create index i on products (id);', down: 'drop index i;' },
    '-- allow: require-concurrent-index-creation the table is small\ncreate index i on products (id);',
  ],
] as const)(
  '%s is a fault of a new file, until the file says why (%s)',
  async ([rule, name, files, excused]) => {
    const first = '0001_initial'
    const faultsOf = async (up: string) => {
      await using workshop = await faultless()
      await workshop.add(name, { ...files, up, parents: [first] })
      const faults = await check({ ...workshop, schema })
      return rules(faults.filter(({ migration, rule }) => migration === name && rule !== 'models'))
    }
    expect(await faultsOf(files.up)).toContain(rule)
    expect(await faultsOf(excused)).toEqual([])
  },
)

test.for(['0002_update', '0002_products', '0002_fix_db'])(
  'the name %s is a fault',
  async (name) => {
    await using workshop = await faultless()
    await workshop.add(name, { parents: ['0001_initial'] })
    expect(rules(await check({ ...workshop, schema }))).toContain('name')
  },
)

test('two heads are a fault that names both', async () => {
  await using workshop = await faultless()
  await workshop.add('0002_add_one', { parents: ['0001_initial'] })
  await workshop.add('0002_add_two', { parents: ['0001_initial'] })
  const faults = await check({ ...workshop, schema })
  expect(faults).toMatchObject([
    { rule: 'two-heads', message: expect.stringMatching(/0002_add_one, 0002_add_two/) },
  ])
})

test('edited and missing applied files are faults; the others of the applied are left in peace', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await faultless()
  // It would be a fault of a new file.
  await workshop.add('0002_update', { up: 'select 1', down: null, parents: ['0001_initial'] })
  const last = await workshop.add('0003_add_things')
  await migrate(database.url, workshop)
  await appendFile(join(workshop.folder, '0001_initial', 'down.sql'), '\n')
  await rm(last, { recursive: true })
  const faults = await check({ ...workshop, schema, url: database.url })
  expect(rules(faults.filter(({ rule }) => rule !== 'models'))).toEqual(['edited', 'missing'])
})

test('a folder that cannot be read is a fault, not a crash', async () => {
  await using workshop = await faultless()
  await rm(join(workshop.folder, '0001_initial', 'snapshot.json'))
  expect(await check({ ...workshop, schema })).toMatchObject([
    { rule: 'folder', message: expect.stringContaining('snapshot.json') },
  ])
})

test('a database that was changed by hand is found by its difference, one that was not has none', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await faultless()
  const { url } = database
  await migrate(url, workshop)
  expect(await check({ ...workshop, schema, url, drift: true })).toEqual([])
  await sql(url, 'alter table products add price int; create index by_hand on products (price)')
  const faults = await check({ ...workshop, schema, url, drift: true })
  expect(rules(faults)).toEqual(['drift', 'drift'])
  expect(faults.map(({ message }) => message).join()).toContain('products.price')
})

const place = 'create table "places" ("id" bigint primary key);'
const grantFunction = `create function grant_to_server(role_name text) returns void language plpgsql as $$
begin execute format('grant select on all tables in schema public to %I', role_name); end $$`
const between = '\n--> statement-breakpoint\n'

/** The names of the files that have a table without rights, on top of one that grants for all. */
async function withoutRights(...files: string[]) {
  await using workshop = await faultless()
  await workshop.add('0002_grant_the_server', { up: grantFunction, parents: ['0001_initial'] })
  for (const [index, up] of files.entries()) {
    await workshop.add(`000${index + 3}_add_places`, { up, down: 'select 1' })
  }
  const faults = await check({ ...workshop, schema })
  return faults.filter(({ rule }) => rule === 'no-rights').map(({ migration }) => migration)
}

test.for([
  ['no word of rights', place],
  ['a grant on another table', `${place}\ngrant select on products to stockbook_server;`],
  ['a grant in a comment', `${place}\n-- grant select on places to stockbook_server;`],
  ['a table of a like name', `${place}\ngrant select on old_places to stockbook_server;`],
  [
    'a table beside a granted one',
    `${place} grant select on places to x; create table more (i int)`,
  ],
])('a new table that the server may not use is a fault: %s', async ([, up]) => {
  expect(await withoutRights(up ?? '')).toEqual(['0003_add_places'])
})

test.for([
  ['a grant', [`${place}\ngrant select, insert on "places" to stockbook_server;`]],
  ['the function called again', [`${place}${between}select grant_to_server('stockbook_server')`]],
  ['a grant in a later file', [place, 'grant select on public.places to stockbook_server']],
  ['a reason', [`-- allow: no-rights only for maintainers\n${place}`]],
  ['a temporary table', ['create temporary table places (id int)']],
  ['a partition', ['create table "places_1" partition of places default']],
] as const)('a table that needs no more rights is no fault: %s', async ([, files]) => {
  expect(await withoutRights(...files)).toEqual([])
})

test('where no role of the server is known, a new table needs no rights', async () => {
  await using workshop = await faultless()
  await workshop.add('0002_add_places', { up: place, parents: ['0001_initial'] })
  expect(rules(await check({ ...workshop, schema }))).not.toContain('no-rights')
})

test("each table of the project's own migrations has its rights", async () => {
  await using workshop = await createWorkshop({ withProject: true })
  const before = await check(workshop)
  expect(rules(before)).not.toContain('no-rights')
  await workshop.add('9999_add_places', { up: place })
  const faults = (await check(workshop)).filter(({ rule }) => rule === 'no-rights')
  expect(faults.map(({ migration }) => migration)).toEqual(['9999_add_places'])
})
