import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../src/testing/index.ts'
import { createWorkshop, sql } from './workshop.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** Starts a command as `pnpm db:…` does, with no terminal. */
function start(options: string[], url = '') {
  return spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main, ...options], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(options: string[], url = '') {
  return ended(start(options, url))
}

async function ended(child: ReturnType<typeof start>) {
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const [code] = await once(child, 'close')
  return { code, out, err, json: () => JSON.parse(out) }
}

const commands = [
  'generate',
  'migrate',
  'rollback',
  'current',
  'history',
  'heads',
  'show',
  'stamp',
  'merge',
  'sql',
  'check',
  'verify',
  'backup',
  'restore',
  'deploy',
]

test.for(commands)(
  '%s is a command at the root, and its help begins with an example',
  async (command) => {
    const root = JSON.parse(
      await readFile(new URL('../../../../package.json', import.meta.url), 'utf8'),
    )
    expect(root.scripts[`db:${command}`]).toMatch(new RegExp(`main\\.ts ${command}$`))
    const { code, out } = await run([command, '--help'])
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, 2)).toEqual([
      'Example:',
      expect.stringMatching(`^  \\$ pnpm db:${command}`),
    ])
    expect(out).toContain('--json')
  },
)

test('each answer has its exit code, and JSON on standard output alone', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const things = { up: 'create table things (id int)', down: 'drop table things' }
  await workshop.add('0001_add_things', things)
  const db = (...options: string[]) =>
    run([...options, '--folder', workshop.folder, '--json'], database.url)

  const before = await db('current')
  expect(before).toMatchObject({ code: 3, err: '' })
  expect(before.json()).toMatchObject({ state: 'behind', pending: ['0001_add_things'] })
  expect((await db('migrate', '--dry-run')).json()).toEqual({
    applied: [],
    planned: ['0001_add_things'],
  })
  expect((await db('current')).code).toBe(3)
  expect((await db('migrate')).json()).toEqual({ applied: ['0001_add_things'] })
  expect((await db('current')).code).toBe(0)
  expect((await db('history')).json().migrations).toMatchObject([
    {
      name: '0001_add_things',
      state: 'applied',
      head: true,
      run: { appliedBy: expect.any(String) },
    },
  ])

  const unknown = await db('rollback', '--to', 'bogus')
  expect(unknown.code).toBe(2)
  expect(unknown.json().error).toMatchObject({
    code: 'wrong_usage',
    message: expect.stringContaining('bogus'),
  })
  for (const wrong of [
    ['nonsense'],
    ['migrate', '--nonsense'],
    ['rollback', '2', '--to', 'base'],
  ]) {
    const answer = await db(...wrong)
    expect(answer.code).toBe(2)
    expect(answer.json().error).toMatchObject({
      code: 'wrong_usage',
      message: expect.stringContaining(wrong.at(-1) ?? ''),
    })
  }
  expect((await db('rollback')).json()).toEqual({ undone: ['0001_add_things'] })

  await workshop.add('0002_break_things', { up: 'select nonsense' })
  expect((await db('migrate')).code).toBe(8)
  await workshop.add('0002_branch_off', { parents: ['0001_add_things'] })
  expect((await db('heads')).code).toBe(6)
})

test('an edited applied migration stops every command, also those that would only show', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const path = await workshop.add('0001_add_things', {
    up: 'create table things (id int)',
    down: 'drop table things',
  })
  const db = (...options: string[]) =>
    run([...options, '--folder', workshop.folder, '--json'], database.url)
  expect((await db('migrate')).code).toBe(0)
  await appendFile(join(path, 'migration.sql'), ' -- edited')
  await workshop.add('0002_add_more', { up: 'create table more (id int)', down: 'drop table more' })
  for (const command of [
    ['migrate'],
    ['migrate', '--dry-run'],
    ['migrate', '--sql'],
    ['rollback'],
    ['rollback', '--dry-run'],
    ['sql'],
    ['sql', '--down'],
    ['stamp', 'head'],
    ['verify'],
  ]) {
    const { code, json } = await db(...command)
    expect({ command, code, error: json().error?.code }).toEqual({
      command,
      code: 5,
      error: 'edited',
    })
  }
  const history = await db('history')
  expect(history.code).toBe(5)
  expect(history.json().migrations[0].state).toBe('edited')
  expect((await db('stamp', '--accept', '0001')).code).toBe(0)
  expect((await db('history')).code).toBe(0)
})

test('a rename without a terminal ends at once with the flags that answer it', async () => {
  await using workshop = await createWorkshop()
  const models = (column: string) =>
    `import { integer, pgTable } from 'drizzle-orm/pg-core'
export const things = pgTable('things', { ${column}: integer() })`
  // Beside the tests, so that the models find drizzle-orm.
  const folder = fileURLToPath(new URL(`./models-${process.pid}/`, import.meta.url))
  await mkdir(folder)
  try {
    const file = join(folder, 'schema.ts')
    const generate = (...options: string[]) =>
      run(['generate', ...options, '--schema', file, '--folder', workshop.folder])
    await writeFile(file, models('old'))
    expect((await generate('initial')).code).toBe(0)
    await writeFile(file, models('made'))
    const asked = await generate('rename a column')
    expect(asked.code).toBe(7)
    expect(asked.err).toContain('--rename things.old=things.made')
    const told = await generate('rename a column', '--rename', 'things.old=things.made')
    expect(told.code).toBe(0)
    expect(told.out).toContain('RENAME COLUMN "old" TO "made"')
    expect((await generate('add nothing new')).code).toBe(12)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('deploy by the command line goes back and says so by its exit code', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await using aside = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: 'create table things (id int)',
    down: 'drop table things',
  })
  const backup = join(aside.folder, 'backup')
  const options = ['deploy', '--folder', workshop.folder, '--backup', backup, '--json']
  const failed = await run([...options, '--verify', 'exit 3'], database.url)
  expect(failed.code).toBe(13)
  expect(failed.json().error).toMatchObject({ code: 'deploy_failed', undoing: 'undone_by_down' })
  expect((await run(['current', '--folder', workshop.folder], database.url)).code).toBe(3)
  expect((await run(['restore', backup, '--dry-run'], database.url)).code).toBe(0)

  // The command of one's own must look at the database that was deployed to, and at no other.
  const second = ['deploy', '--folder', workshop.folder, '--backup', `${backup}-2`]
  const verify = 'test "$DATABASE_URL" = "$DATABASE_OWNER_URL"'
  expect((await run([...second, '--verify', verify], database.url)).code).toBe(0)
})

test.for([
  ['in the middle of a statement', ['0002_wait_long', 'select pg_sleep(600)'], 'true'],
  [
    'in the middle of its verification',
    ['0002_add_more', 'create table more (id int)'],
    'sleep 600',
  ],
] as const)(
  'a deployment that is told to stop %s goes back to where it was, and says so',
  async ([, [name, up], verify]) => {
    await using database = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    await using aside = await createWorkshop()
    await workshop.add('0001_add_things', {
      up: 'create table things (id int)',
      down: 'drop table things',
    })
    await workshop.add(name, {
      up: `-- statement-timeout: 20min\n${up}`,
      down: 'drop table if exists more',
    })
    const backup = join(aside.folder, 'backup')
    const options = [
      '--folder',
      workshop.folder,
      '--backup',
      backup,
      '--verify',
      `echo at it; ${verify}`,
    ]
    const child = start(['deploy', ...options, '--json'], database.url)
    const finished = ended(child)
    const sleeping = `select 1 from pg_stat_activity where query like '%pg_sleep(600)' and state = 'active' and datname = current_database()`
    let told = ''
    child.stderr.on('data', (chunk) => (told += chunk))
    await vi.waitUntil(
      async () => told.includes('at it') || (await sql(database.url, sleeping)).length > 0,
      { timeout: 20_000 },
    )
    child.kill('SIGTERM')
    const { code, err, json } = await finished
    expect(code).toBe(13)
    expect(err).toContain('SIGTERM: stopping')
    expect(json().error).toMatchObject({
      undoing: 'undone_by_down',
      message: expect.stringContaining('stopped by SIGTERM'),
    })
    const tables = `select tablename from pg_tables where schemaname = 'public'`
    expect(await sql(database.url, tables)).toEqual([])
    expect(await sql(database.url, 'select name from migrations.applied')).toEqual([])
    expect(await sql(database.url, sleeping)).toEqual([])
  },
)

test('verify with the rows of the database finds a down that loses them in silence', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_things', {
    up: 'create table things (id int)',
    down: 'drop table things',
  })
  const verify = () =>
    run(['verify', '--rows', '--folder', workshop.folder, '--json'], database.url)
  await run(['migrate', '--folder', workshop.folder], database.url)
  expect((await verify()).code).toBe(0)
  await sql(database.url, 'insert into things values (1)')
  const found = await verify()
  expect(found.code).toBe(6)
  expect(found.json().verified[0].faults.join()).toContain('public.things')
})

test('a database that cannot be reached is told by its address, without the password', async () => {
  const { code, err } = await run(['current'], 'postgresql://anna:secret-word@127.0.0.1:1/stock')
  expect(code).toBe(1)
  expect(err).toContain('stock at 127.0.0.1:1 cannot be reached')
  expect(err).not.toContain('secret-word')
  expect(err).not.toContain('    at ')
})
