import { auditChain, auditLog, createDb } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { linkAudit } from '../../src/features/audit/audit.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

/** Adds rows as the owner: more than calls could make in a test. */
const addRows = ({ db }: TestServer, count: number) =>
  db.execute(sql`
    insert into audit_log (action, entity, entity_id, before, after, request_id)
    select 'products.update', 'product', n::text, jsonb_build_object('name', 'old ' || n),
      jsonb_build_object('name', 'new ' || n, 'note', 'Ünï ☃'), 'request-' || n
    from generate_series(1, ${count}::int) n`)

/** What whoever owns the machine can do: the triggers do not fire. */
async function tamper({ db }: TestServer, ...statements: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements) await tx.execute(sql.raw(statement))
  })
}

const verify = ({ admin }: TestServer, expectedHead?: { position: number; hash: string }) =>
  admin.audit.verify.query(expectedHead && { expectedHead })

/** The row at a place of the chain. */
async function auditIdAt({ db }: TestServer, position: number): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select audit_id as id from audit_chain where position = ${position}`,
  )
  return Number(rows[0]!.id)
}

const rowCount = 400

async function startWithRows() {
  const server = await startTestServer()
  await addRows(server, rowCount)
  const { head, ...found } = await verify(server)
  expect(found).toEqual({ ok: true, firstFault: null, checkedEntries: head.position })
  return { server, head, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('an empty book of changes has a chain of nothing', async () => {
  await using server = await startTestServer()
  await tamper(server, 'delete from audit_chain', 'delete from audit_log')
  const nothing = { ok: true, checkedEntries: 0, head: { position: 0, hash: '' }, firstFault: null }
  expect(await verify(server)).toEqual(nothing)
  expect(await verify(server, nothing.head)).toEqual(nothing)
})

describe('what was done past the triggers is found at its first place:', () => {
  const edits: [string, (id: number) => string[]][] = [
    ['another value', (id) => [`update audit_log set after = '{"name": "x"}' where id = ${id}`]],
    [
      'one letter',
      (id) => [`update audit_log set request_id = request_id || 'x' where id = ${id}`],
    ],
    [
      'another author',
      (id) => [
        `update audit_log set actor_id = (select min(id::text)::uuid from users) where id = ${id}`,
      ],
    ],
    [
      'a millisecond',
      (id) => [`update audit_log set recorded_at = recorded_at + interval '1 ms' where id = ${id}`],
    ],
    [
      'nothing where something was',
      (id) => [`update audit_log set before = null where id = ${id}`],
    ],
    [
      'another action',
      (id) => [`update audit_log set action = 'products.create' where id = ${id}`],
    ],
    [
      'a value that moved to the next column',
      (id) => [
        `update audit_log set entity = entity || entity_id, entity_id = '' where id = ${id}`,
      ],
    ],
    [
      'two rows that changed places',
      (id) => [
        `update audit_log a set before = b.before, after = b.after, entity_id = b.entity_id, request_id = b.request_id, recorded_at = b.recorded_at
       from audit_log b where (a.id, b.id) in ((${id}, ${id + 50}), (${id + 50}, ${id}))`,
      ],
    ],
    [
      'a hash of one’s own',
      (id) => [`update audit_chain set hash = repeat('a', 64) where audit_id = ${id}`],
    ],
  ]

  test('an altered row, whatever was altered', async () => {
    await using started = await startWithRows()
    const { server } = started
    const position = 200
    const id = await auditIdAt(server, position)
    await server.db.execute(sql`create table kept_log as table audit_log`)
    await server.db.execute(sql`create table kept_chain as table audit_chain`)
    for (const [what, statements] of edits) {
      await tamper(server, ...statements(id))
      const { ok, firstFault } = await verify(server)
      expect({ what, ok, firstFault }).toEqual({
        what,
        ok: false,
        firstFault: { position, auditId: id, fault: 'altered' },
      })
      await tamper(
        server,
        'delete from audit_chain',
        'delete from audit_log',
        'insert into audit_log overriding system value table kept_log',
        'insert into audit_chain table kept_chain',
      )
      expect({ what, ok: (await verify(server)).ok }).toEqual({ what, ok: true })
    }
  })

  test('two links that changed places', async () => {
    await using started = await startWithRows()
    const { server } = started
    const [one, other] = [await auditIdAt(server, 120), await auditIdAt(server, 150)]
    await tamper(
      server,
      'update audit_chain set audit_id = -audit_id where position in (120, 150)',
      `update audit_chain set audit_id = ${one + other} + audit_id where audit_id < 0`,
    )
    expect((await verify(server)).firstFault).toEqual({
      position: 120,
      auditId: other,
      fault: 'altered',
    })
  })

  test('a row that was taken out', async () => {
    await using started = await startWithRows()
    const { server } = started
    const auditId = await auditIdAt(server, 123)
    await tamper(server, `delete from audit_log where id in (${auditId}, ${auditId + 100})`)
    const { ok, firstFault } = await verify(server)
    expect({ ok, firstFault }).toEqual({
      ok: false,
      firstFault: { position: 123, auditId, fault: 'row_missing' },
    })
  })

  test('a row that was taken out with its link', async () => {
    await using started = await startWithRows()
    const { server } = started
    const [auditId, next] = [await auditIdAt(server, 123), await auditIdAt(server, 124)]
    await tamper(
      server,
      `delete from audit_chain where audit_id = ${auditId}`,
      `delete from audit_log where id = ${auditId}`,
    )
    const { firstFault } = await verify(server)
    expect(firstFault).toEqual({ position: 124, auditId: next, fault: 'link_missing' })
  })

  test('a row that was taken out while the links after it moved up', async () => {
    await using started = await startWithRows()
    const { server } = started
    const [auditId, next] = [await auditIdAt(server, 123), await auditIdAt(server, 124)]
    await tamper(
      server,
      `delete from audit_chain where audit_id = ${auditId}`,
      `delete from audit_log where id = ${auditId}`,
      'update audit_chain set position = -position where position > 123',
      'update audit_chain set position = -position - 1 where position < 0',
    )
    const { firstFault } = await verify(server)
    expect(firstFault).toEqual({ position: 123, auditId: next, fault: 'altered' })
  })

  test('the first row', async () => {
    await using started = await startWithRows()
    const { server } = started
    const auditId = await auditIdAt(server, 1)
    await tamper(server, `delete from audit_log where id = ${auditId}`)
    expect((await verify(server)).firstFault).toMatchObject({ position: 1, fault: 'row_missing' })
  })

  test('the first of two faults', async () => {
    await using started = await startWithRows()
    const { server } = started
    const [one, other] = [await auditIdAt(server, 90), await auditIdAt(server, 30)]
    await tamper(
      server,
      `delete from audit_log where id = ${one}`,
      `update audit_log set action = 'x' where id = ${other}`,
    )
    expect((await verify(server)).firstFault).toEqual({
      position: 30,
      auditId: other,
      fault: 'altered',
    })
  })

  test('an end that was cut off, by who kept the head elsewhere, and also once it has grown again', async () => {
    await using started = await startWithRows()
    const { server, head } = started
    const from = head.position - 10
    const id = await auditIdAt(server, from + 1)
    await tamper(
      server,
      `delete from audit_chain where position > ${from}`,
      `delete from audit_log where id >= ${id}`,
    )
    const headMissing = {
      position: head.position,
      auditId: null,
      fault: 'head_missing',
    }
    expect((await verify(server)).ok).toBe(true)
    expect(await verify(server, head)).toMatchObject({ ok: false, firstFault: headMissing })
    await addRows(server, 30)
    const grown = await verify(server)
    expect(grown.ok).toBe(true)
    expect(grown.head.position).toBeGreaterThan(head.position)
    expect(await verify(server, head)).toMatchObject({ ok: false, firstFault: headMissing })
  })
})

test('a head that was kept is found again however long the chain has grown', async () => {
  await using started = await startWithRows()
  const { server, head } = started
  await addRows(server, 20)
  const later = await verify(server, head)
  expect(later).toMatchObject({ ok: true, firstFault: null })
  expect(later.head.position).toBe(head.position + 20)
  for (const wrong of [
    { ...head, hash: 'f'.repeat(64) },
    { ...head, position: head.position - 1 },
    { ...head, position: head.position + 1000 },
  ]) {
    expect((await verify(server, wrong)).firstFault).toMatchObject({ fault: 'head_missing' })
  }
})

test('ten thousand rows are gone through, and one altered among them is found', async () => {
  await using server = await startTestServer()
  await addRows(server, 10_000)
  const { ok, checkedEntries } = await verify(server)
  expect({ ok, checkedEntries }).toEqual({
    ok: true,
    checkedEntries: await server.db.$count(auditLog),
  })
  const auditId = await auditIdAt(server, 9_876)
  await tamper(server, `update audit_log set after = after || '{"note": ""}' where id = ${auditId}`)
  expect((await verify(server)).firstFault).toEqual({ position: 9_876, auditId, fault: 'altered' })
})

test('a session in another time zone reckons the same hashes', async () => {
  await using started = await startWithRows()
  const { server } = started
  const { rows } = await server.db.transaction(async (tx) => {
    await tx.execute(sql`set local time zone 'Pacific/Chatham'`)
    await tx.execute(sql`set local datestyle to 'German'`)
    return tx.execute<{ position: string }>(sql`select position from audit_first_fault()`)
  })
  expect(rows).toEqual([])
})

test('many writers and linkers at once, on two servers, make one chain without a gap', async () => {
  await using server = await startTestServer()
  await using second = await startSecondServer(server)
  const token = await signInFor(server.url, 'anton', testPassword)
  const write = async (index: number) => {
    const { url } = index % 2 ? server : second
    const input = { name: `Category ${index}` }
    const answer = await rawCall(url, 'categories.create', { method: 'POST', token, input })
    expect(answer.status).toBe(200)
  }
  const link = async (index: number) => {
    if (index % 3 === 0) return linkAudit(server.serverDb)
    const { url } = index % 2 ? server : second
    const { result } = await rawCall(url, 'audit.verify', { token, input: {} })
    expect(result).toMatchObject({ ok: true })
    return 0
  }
  await Promise.all(
    Array.from({ length: 60 }, (_, index) => Promise.all([write(index), link(index)])),
  )
  const { ok, checkedEntries } = await verify(server)
  const written = await server.db.$count(auditLog)
  expect({ ok, checkedEntries }).toEqual({ ok: true, checkedEntries: written })
  const positions = await server.db
    .select({ position: auditChain.position })
    .from(auditChain)
    .orderBy(auditChain.position)
  expect(positions.map(({ position }) => position)).toEqual(
    Array.from({ length: written }, (_, index) => index + 1),
  )
  expect(await linkAudit(server.serverDb, { everything: true })).toBe(0)
})

test('a row that is committed long after rows with higher numbers were linked is linked as well', async () => {
  await using server = await startTestServer()
  const late = createDb({ url: server.databaseUrl, maxConnections: 1 })
  try {
    await late.execute(sql`begin`)
    await late.execute(sql`
      insert into audit_log (action, entity, entity_id, request_id)
      values ('products.update', 'product', 'late', 'late')`)
    await addRows(server, 10)
    await linkAudit(server.serverDb)
    await late.execute(sql`commit`)
    expect(await linkAudit(server.serverDb)).toBe(1)

    await late.execute(sql`begin`)
    await late.execute(sql`
      insert into audit_log (action, entity, entity_id, request_id)
      values ('products.update', 'product', 'very late', 'very late')`)
    await addRows(server, 10_100)
    await linkAudit(server.serverDb)
    await late.execute(sql`commit`)
    expect(await linkAudit(server.serverDb)).toBe(0)
    const { ok, checkedEntries } = await verify(server)
    expect({ ok, checkedEntries }).toEqual({
      ok: true,
      checkedEntries: await server.db.$count(auditLog),
    })
  } finally {
    await late.$client.end()
  }
})

test('what is new is linked without reading a log that has grown long', async () => {
  await using server = await startTestServer()
  await addRows(server, 60_000)
  await linkAudit(server.serverDb, { everything: true })
  await server.db.execute(sql`analyze audit_log, audit_chain`)
  await addRows(server, 5)
  const read = await server.db.transaction(async (tx) => {
    // Rows that a worker reads are not counted as the transaction's.
    await tx.execute(sql`set local max_parallel_workers_per_gather = 0`)
    await tx.execute(sql`select audit_link()`)
    const { rows } = await tx.execute<{ count: string }>(sql`
      select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as count
      from pg_stat_xact_user_tables where relname in ('audit_log', 'audit_chain')`)
    return Number(rows[0]!.count)
  })
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(25_000)
  expect(await linkAudit(server.serverDb, { everything: true })).toBe(0)
})
