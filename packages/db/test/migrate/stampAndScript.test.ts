import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMigrations } from '../../src/migrate/folder/folder.ts'
import { migrate, migrationStatus, rollback } from '../../src/migrate/index.ts'
import { scriptOf } from '../../src/migrate/script.ts'
import { acceptEdited, stamp } from '../../src/migrate/stamp.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, sql, type Workshop } from './workshop.ts'

async function threeTables(): Promise<Workshop> {
  const workshop = await createWorkshop()
  for (const number of [1, 2, 3]) {
    await workshop.add(`000${number}_add_t${number}`, {
      up: `create table t${number} (id int)`,
      down: `drop table t${number}`,
    })
  }
  return workshop
}

test('stamp writes down where the database is and runs nothing', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await threeTables()
  const { url } = database
  expect(await stamp(url, '2', { ...workshop, dryRun: true })).toMatchObject({
    stamped: ['0001_add_t1', '0002_add_t2'],
  })
  expect((await migrationStatus(url, workshop)).applied).toEqual([])
  await stamp(url, '0002_add_t2', workshop)
  expect((await migrationStatus(url, workshop)).pending).toEqual(['0003_add_t3'])
  await stamp(url, 'base', workshop)
  expect((await migrationStatus(url, workshop)).applied).toEqual([])
  expect(await catalogOf(url)).not.toContain('table public.t1')
  const log = await sql(url, 'select direction, name from migrations.log order by id')
  expect(log.map((row) => `${row.direction} ${row.name}`)).toEqual([
    'stamp 0001_add_t1',
    'stamp 0002_add_t2',
    'unstamp 0002_add_t2',
    'unstamp 0001_add_t1',
  ])
})

test('an edited file can be accepted, by name and one at a time', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await threeTables()
  await migrate(database.url, workshop)
  for (const name of ['0001_add_t1', '0002_add_t2']) {
    await appendFile(join(workshop.folder, name, 'down.sql'), '; -- repaired')
  }
  await acceptEdited(database.url, '0001_add_t1', workshop)
  expect((await migrationStatus(database.url, workshop)).edited).toEqual(['0002_add_t2/down.sql'])
  await expect(acceptEdited(database.url, '0003_add_t3', workshop)).rejects.toMatchObject({
    code: 'wrong_usage',
  })
})

test('the script does what the runner does, and the books agree afterwards', async () => {
  await using byScript = await createTestDatabase({ empty: true })
  await using byRunner = await createTestDatabase({ empty: true })
  await using workshop = await threeTables()
  const migrations = await readMigrations(workshop.folder)
  const run = (script: string) => sql(byScript.url, script.replace(/^\\set.*$/m, ''))
  await run(scriptOf(migrations, 'up'))
  await migrate(byRunner.url, workshop)
  expect(await catalogOf(byScript.url)).toEqual(await catalogOf(byRunner.url))
  expect(await migrationStatus(byScript.url, workshop)).toMatchObject({ state: 'current' })
  await expect(run(scriptOf(migrations, 'up'))).rejects.toThrow('already exists')

  await run(scriptOf(migrations.slice(1).reverse(), 'down'))
  await rollback(byRunner.url, { ...workshop, steps: 2 })
  expect(await catalogOf(byScript.url)).toEqual(await catalogOf(byRunner.url))
})

test('a statement of a script ends also where its last line is a comment', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: `create table t1 (id int) -- the first
--> statement-breakpoint
create table t2 (id int); -- the second
--> statement-breakpoint
create table t3 (id int);`,
  })
  const script = scriptOf(await readMigrations(workshop.folder), 'up')
  await sql(database.url, script.replace(/^\\set.*$/m, ''))
  expect(await migrationStatus(database.url, workshop)).toMatchObject({ state: 'current' })
  const catalog = await catalogOf(database.url)
  expect(catalog.filter((line) => line.startsWith('table public.t'))).toHaveLength(3)
})

test('a way back by number and by name at once is refused, and undoes nothing', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await threeTables()
  await migrate(database.url, workshop)
  await expect(rollback(database.url, { ...workshop, steps: 2, to: 'base' })).rejects.toMatchObject(
    {
      code: 'wrong_usage',
    },
  )
  expect((await migrationStatus(database.url, workshop)).applied).toHaveLength(3)
})

test('a script cannot hold a step in TypeScript, and says so', async () => {
  await using workshop = await createWorkshop()
  await workshop.add('0001_fill_things', { data: 'export async function up() {}' })
  const migrations = await readMigrations(workshop.folder)
  expect(() => scriptOf(migrations, 'up')).toThrow('data.ts')
})
