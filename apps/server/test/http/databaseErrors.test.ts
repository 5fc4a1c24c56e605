import { createDb } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { holdTable } from '../../src/testing/holdTable.ts'
import { LogLines } from '../../src/testing/logLines.ts'
import { type RawAnswer, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

/** Given as an input: must come out nowhere but in its row. */
const canary = 'canary-7f3b'

async function startWatched() {
  const log = new LogLines()
  const server = await startTestServer(log)
  const token = await signInFor(server.url, 'anton', testPassword)
  return {
    server,
    log,
    search: () => rawCall(server.url, 'partners.list', { token, input: { search: canary } }),
    create: () =>
      rawCall(server.url, 'partners.create', {
        method: 'POST',
        token,
        input: { kind: 'supplier', code: canary, name: canary },
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** The answer names the failure and the request, and nothing of what is behind it. */
function expectDiscreet(
  answer: RawAnswer,
  expected: { status: number; code: string },
  log: LogLines,
): void {
  expect({ status: answer.status, code: answer.failure?.code }).toEqual(expected)
  expect(answer.text).not.toMatch(
    /select |insert |partners"|relation|column|constraint|SQLSTATE|\d{5}P|stack|\.ts|node_modules/i,
  )
  expect(answer.text).not.toContain(canary)
  expect(answer.failure?.detail).toEqual({})
  const requestId = answer.headers.get('x-request-id') ?? ''
  expect(requestId).toMatch(/^[\w-]{36}$/)
  expect(answer.failure?.requestId).toBe(requestId)
  const lines = log.of(requestId)
  expect(lines.map(({ level }) => level)).toEqual([50, 50])
  expect(lines.filter((line) => 'err' in line)).toHaveLength(1)
  expect(JSON.stringify(lines)).not.toContain(canary)
}

const internal = { status: 500, code: 'INTERNAL' }
const unavailable = { status: 503, code: 'UNAVAILABLE' }

test.each([
  ['a table is gone', 'drop table partners cascade'],
  ['a column is gone', 'alter table partners drop column name cascade'],
  ['a column has another type', 'alter table partners alter column kind type integer using 0'],
  ['a column has become required', 'alter table partners alter column email set not null'],
  [
    'an unknown rule is broken',
    `alter table partners add constraint secret_rule check (length(name) < 3)`,
  ],
  [
    'a trigger fails',
    `create function fail() returns trigger language plpgsql as $$ begin raise exception 'secret words'; end $$;
     create trigger fail before insert on partners for each row execute function fail()`,
  ],
  [
    'a number is divided by nothing',
    `create function fail() returns trigger language plpgsql as $$ begin new.version := 1 / (new.version - 1); return new; end $$;
     create trigger fail before insert on partners for each row execute function fail()`,
  ],
])(
  'when %s, the caller learns of a failure and its request id, and the log of the rest',
  async (_what, fault) => {
    await using watched = await startWatched()
    await watched.server.db.execute(sql.raw(fault))
    const answer = await watched.create()
    expectDiscreet(answer, internal, watched.log)
    const [line] = watched.log.of(answer.failure?.requestId ?? '')
    expect(line).toMatchObject({
      procedure: 'partners.create',
      err: { statement: expect.stringContaining('insert into'), code: expect.any(String) },
    })
  },
)

/** Holds `partners` so that a call waits for it, then does something to the session that waits. */
async function whileWaiting(
  { server }: { server: TestServer },
  call: () => Promise<RawAnswer>,
  act: string,
): Promise<RawAnswer> {
  const held = await holdTable(server.databaseUrl, 'partners')
  const answer = call()
  await held.whenOneWaits(act)
  const answered = await answer
  await held.release()
  return answered
}

test('a session that is ended under a call is told as unavailable, and the next call is answered', async () => {
  await using watched = await startWatched()
  const answer = await whileWaiting(watched, watched.search, 'pg_terminate_backend(pid)')
  expectDiscreet(answer, unavailable, watched.log)
  expect((await watched.search()).status).toBe(200)
})

test('a statement that is cancelled is told as unavailable, and has written nothing', async () => {
  await using watched = await startWatched()
  const answer = await whileWaiting(watched, watched.create, 'pg_cancel_backend(pid)')
  expectDiscreet(answer, unavailable, watched.log)
  expect((await watched.search()).result).toMatchObject({ items: [] })
  expect((await watched.create()).status).toBe(200)
})

test('all sessions may be ended at once: whoever calls then is answered', async () => {
  await using watched = await startWatched()
  await Promise.all(Array.from({ length: 20 }, () => watched.search()))
  const other = createDb({ url: watched.server.databaseUrl, maxConnections: 1 })
  await other.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await other.$client.end()
  const answers = await Promise.all(Array.from({ length: 20 }, () => watched.search()))
  for (const { status } of answers) expect([200, 503]).toContain(status)
  expect((await watched.search()).status).toBe(200)
})

test('when no connection comes free, a caller hears so after a short wait, and nobody is stuck later', async () => {
  await using watched = await startWatched()
  const { server } = watched
  const holders = await Promise.all(
    Array.from({ length: 20 }, () => server.serverDb.$client.connect()),
  )
  try {
    expectDiscreet(await watched.search(), unavailable, watched.log)
  } finally {
    for (const holder of holders) holder.release()
  }
  expect((await watched.search()).status).toBe(200)
})

test('when the database is gone, a caller hears that the server is unavailable', async () => {
  await using watched = await startWatched()
  const name = watched.server.databaseUrl.split('/').at(-1) ?? ''
  const elsewhere = createDb({
    url: watched.server.databaseUrl.replace(/[^/]*$/, 'postgres'),
    maxConnections: 1,
  })
  const rename = (from: string, to: string) =>
    elsewhere.execute(sql`alter database ${sql.identifier(from)} rename to ${sql.identifier(to)}`)
  await elsewhere.execute(
    sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${name}`,
  )
  await rename(name, `${name}_gone`)
  // The first may find a connection of the pool whose end has not been heard of yet.
  await watched.search()
  expectDiscreet(await watched.search(), unavailable, watched.log)
  await rename(`${name}_gone`, name)
  expect((await watched.search()).status).toBe(200)
  await elsewhere.$client.end()
})
