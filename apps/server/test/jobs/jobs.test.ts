import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { auditLinker } from '../../src/features/audit/linker.ts'
import { forgetEnded } from '../../src/features/auth/attempts.ts'
import type { Job } from '../../src/features/jobs/job.ts'
import { createRecord } from '../../src/features/jobs/record.ts'
import { startJobs } from '../../src/features/jobs/start.ts'
import { createLog } from '../../src/http/log.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'

const log = createLog('info', { write: () => {} })

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server[Symbol.asyncDispose]())

const list = async () => (await server.admin.jobs.list.query()).items

async function jobNamed(name: string) {
  const found = (await list()).find((job) => job.name === name)
  expect(found).toBeDefined()
  return found!
}

/** The job of the audit log, with other work. */
const linking = (run: Job['run'], everyMs = auditLinker.everyMs): Job[] => [
  { ...auditLinker, everyMs, run },
]

test('jobs that no server has done yet are told of, and wait', async () => {
  const jobs = await list()
  expect(jobs.map(({ name }) => name)).toEqual([
    'audit.link',
    'reservations.expire',
    'attempts.forget',
  ])
  for (const job of jobs) {
    expect(job).toMatchObject({
      state: 'waiting',
      lastRunAt: null,
      lastSuccessAt: null,
      handled: 0,
    })
    expect(job.everySeconds).toBeGreaterThan(0)
  }
})

test('the jobs of a running server are done at once, and it is told when, by whom and how much', async () => {
  const jobs = startJobs(server.serverDb, log)
  try {
    await vi.waitFor(async () => {
      expect((await list()).map(({ state }) => state)).toEqual(['working', 'working', 'working'])
    }, 20_000)
  } finally {
    await jobs.stop()
  }
  const linked = await jobNamed('audit.link')
  expect(linked).toMatchObject({
    lastRunBy: expect.stringMatching(new RegExp(`^${process.pid}@.+`)),
    durationMs: expect.any(Number),
    lastFailureAt: null,
    lastFailureBy: null,
    lastError: null,
  })
  // The users of the test are in the audit log.
  expect(linked.handledInAll).toBeGreaterThanOrEqual(2)
  expect(linked.lastSuccessAt!.getTime()).toBeGreaterThanOrEqual(linked.lastRunAt!.getTime())
})

test('a job that fails is failing, with the reason alone, until it has worked for a while', async () => {
  let isBroken = true
  const jobs = startJobs(
    server.serverDb,
    log,
    linking(async (db) => {
      if (isBroken) await db.execute(sql`select ${'a secret value'} from no_such_table`)
      return 3
    }, 20),
  )
  try {
    await vi.waitFor(async () => {
      expect(await jobNamed('audit.link')).toMatchObject({
        state: 'failing',
        lastSuccessAt: null,
        lastError: 'relation "no_such_table" does not exist',
        lastFailureBy: expect.stringContaining('@'),
      })
    }, 20_000)
    isBroken = false
    await vi.waitFor(async () => {
      expect((await jobNamed('audit.link')).handledInAll).toBeGreaterThan(3)
    }, 20_000)
  } finally {
    await jobs.stop()
  }
  const after = await jobNamed('audit.link')
  expect(after).toMatchObject({ state: 'failing', lastError: expect.stringContaining('no_such') })
  await server.db.execute(
    sql`update jobs set last_failure_at = last_failure_at - interval '1 minute'`,
  )
  expect(await jobNamed('audit.link')).toMatchObject({ state: 'working', handled: 3 })
})

test('a success of one server does not hide that another fails', async () => {
  const failing = createRecord(server.serverDb, log, 'audit.link')
  const working = createRecord(server.serverDb, log, 'audit.link')
  await failing.failed(new Error('it is broken here'), 5)
  await working.succeeded(0, 5)
  expect(await jobNamed('audit.link')).toMatchObject({
    state: 'failing',
    lastError: 'it is broken here',
    lastSuccessAt: expect.any(Date),
  })
})

test('a job that nobody has done for long is late, and so is one that hangs', async () => {
  const record = createRecord(server.serverDb, log, 'audit.link')
  await record.succeeded(1, 5)
  const { lastRunAt: before } = await jobNamed('audit.link')
  await server.db.execute(sql`update jobs set
    last_success_at = last_success_at - interval '1 hour', last_run_at = last_run_at - interval '1 hour'`)
  expect(await jobNamed('audit.link')).toMatchObject({ state: 'late', durationMs: 5 })
  await record.lasts(60_000)
  const hanging = await jobNamed('audit.link')
  expect(hanging).toMatchObject({ state: 'late', durationMs: null, handledInAll: 1 })
  expect(hanging.lastRunAt!.getTime()).toBeLessThan(before!.getTime())
  await record.succeeded(1, 60_000)
  expect(await jobNamed('audit.link')).toMatchObject({ state: 'working', handledInAll: 2 })
})

test('one server that hangs says nothing of what others have done since', async () => {
  const hanging = createRecord(server.serverDb, log, 'audit.link')
  const working = createRecord(server.serverDb, log, 'audit.link')
  await working.succeeded(1, 5)
  const before = await jobNamed('audit.link')
  await hanging.lasts(60_000)
  expect(await jobNamed('audit.link')).toEqual(before)
})

test('runs that find nothing to do are not written down one by one', async () => {
  const record = createRecord(server.serverDb, log, 'audit.link')
  await record.succeeded(0, 5)
  const first = await jobNamed('audit.link')
  for (let run = 0; run < 20; run++) await record.succeeded(0, 5)
  expect(await jobNamed('audit.link')).toEqual(first)
})

test('a failure while the table could not be written is told once it can', async () => {
  const lines: string[] = []
  const record = createRecord(
    server.serverDb,
    createLog('info', { write: (line: string) => void lines.push(line) }),
    'audit.link',
  )
  await server.db.execute(sql`alter table jobs rename to jobs_away`)
  await record.failed(new Error('the database is away'), 5)
  await record.failed(new Error('the database is still away'), 5)
  await server.db.execute(sql`alter table jobs_away rename to jobs`)
  expect(lines.filter((line) => line.includes('cannot be written down'))).toHaveLength(1)
  await record.succeeded(2, 5)
  expect(await jobNamed('audit.link')).toMatchObject({
    lastError: 'the database is still away',
    handledInAll: 2,
  })
})

test('counters of attempts that ended long ago are forgotten, and no others', async () => {
  const now = Date.now()
  await server.db.execute(sql`insert into rate_limits (key, points, expire) values
    ('ended long ago', 1, ${now - 3_700_000}), ('ended', 1, ${now - 1_000}), ('counts', 1, ${now + 60_000})`)
  expect(await forgetEnded(server.serverDb)).toBe(1)
  const { rows } = await server.db.execute<{ key: string }>(
    sql`select key from rate_limits where key in ('ended long ago', 'ended', 'counts') order by key`,
  )
  expect(rows).toEqual([{ key: 'counts' }, { key: 'ended' }])
})
