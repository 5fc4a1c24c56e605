import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findPgTools, restoreDump } from '../../src/migrate/backup/pgTools.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, sql } from './workshop.ts'

// Any version of psql will do: pg_restore is played by a shell script.
const tools = await findPgTools(90_000)
const folder = await mkdtemp(join(tmpdir(), 'stockbook-pg-tools-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function restoreBy(script: string, url: string): Promise<void> {
  if (!tools) throw new Error('there is no psql')
  const restore = join(folder, 'pg_restore')
  await writeFile(restore, `#!/bin/sh\n${script}`)
  await chmod(restore, 0o700)
  const lastFile = join(folder, 'grants.sql')
  await writeFile(lastFile, 'create table granted ();')
  await restoreDump({ ...tools, restore }, url, {
    file: join(folder, 'database.dump'),
    first: 'drop table old',
    lastFile,
    tables: [{ table: 'public.kept', rows: 2 }],
  })
}

const script = String.raw`printf 'create table kept (id int);\ncopy kept from stdin;\n1\n2\n\\.\n'`

test.skipIf(!tools)('a dump that came to its end is restored', async () => {
  await using target = await createTestDatabase({ empty: true })
  await sql(target.url, 'create table old ()')
  await restoreBy(script, target.url)
  expect(
    await sql(target.url, 'select id from kept, pg_class where relname = $$granted$$'),
  ).toEqual([{ id: 1 }, { id: 2 }])
})

test.skipIf(!tools).for([
  ['is killed after the rows', `${script}\nkill -9 $$`],
  ['is killed between two rows', `${script} | head -n 3\nkill -9 $$`],
  ['is killed before anything', 'kill -9 $$'],
  ['fails', `${script}\nexit 1`],
] as const)('when pg_restore %s, the database stays as it was', async ([, killed]) => {
  await using target = await createTestDatabase({ empty: true })
  await sql(target.url, 'create table old ()')
  const before = await catalogOf(target.url)
  await expect(restoreBy(killed, target.url)).rejects.toThrow(
    /^The restore was undone: .*pg_restore stopped before its end/s,
  )
  expect(await catalogOf(target.url)).toEqual(before)
})

test.skipIf(!tools)('a row too few undoes the restore', async () => {
  await using target = await createTestDatabase({ empty: true })
  await sql(target.url, 'create table old ()')
  const before = await catalogOf(target.url)
  await expect(restoreBy(`${script} | sed /^2/d`, target.url)).rejects.toThrow(
    'public.kept has 1 rows instead of 2',
  )
  expect(await catalogOf(target.url)).toEqual(before)
})
