import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase, startTestCluster } from './index.ts'

async function rows(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('a test database has all tables and no rows; an empty one has nothing', async () => {
  await using migrated = await createTestDatabase()
  await using empty = await createTestDatabase({ empty: true })
  expect(await rows(migrated.url, 'select * from stock_movements')).toEqual([])
  const tables = "select * from information_schema.tables where table_schema = 'public'"
  expect(await rows(empty.url, tables)).toEqual([])
})

test('what one test writes, another does not see', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()
  await rows(one.url, 'create table only_here ()')
  await expect(rows(other.url, 'select * from only_here')).rejects.toThrow('does not exist')
})

test('ten tests may ask for their databases at once', async () => {
  const databases = await Promise.all(Array.from({ length: 10 }, () => createTestDatabase()))
  expect(new Set(databases.map(({ url }) => url)).size).toBe(10)
  for (const database of databases) await database[Symbol.asyncDispose]()
})

test('at the end of its scope the database is dropped, open sessions or not', async () => {
  const database = await createTestDatabase()
  const left = new pg.Client({ connectionString: database.url })
  left.on('error', () => {})
  await left.connect()
  await database[Symbol.asyncDispose]()
  await expect(rows(database.url, 'select 1')).rejects.toThrow('does not exist')
})

test('a killed run leaves nothing behind once another run has started', async () => {
  const script = fileURLToPath(new URL('startTestClusterAndWait.fixture.ts', import.meta.url))
  const killed = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await once(killed.stdout, 'data')
  const url = String(printed).trim()
  expect(await rows(url, 'select 1 as one')).toEqual([{ one: 1 }])
  killed.kill('SIGKILL')
  await once(killed, 'exit')

  const next = await startTestCluster()
  await next.stop()
  await expect(rows(url, 'select 1')).rejects.toThrow()
  const socket = decodeURIComponent(new URL(url).hostname)
  await expect(access(socket)).rejects.toThrow('ENOENT')
  // The run that is going on has lost nothing.
  expect(await rows(process.env.STOCKBOOK_TEST_CLUSTER ?? '', 'select 1 as one')).toEqual([
    { one: 1 },
  ])
})
