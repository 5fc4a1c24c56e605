import { auditLog, sessions, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenSession, openSession, signInFor } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { nextCall, refresh, refreshed, sessionRow, writingNothing } from './calls.ts'

let server: TestServer
let second: SecondServer

beforeAll(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
})

afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const open = () => openSession(server.url, 'olga', testPassword)

const change = (
  id: string,
  changes: Partial<Record<keyof typeof sessions.$inferInsert, unknown>>,
) =>
  server.db
    .update(sessions)
    .set(changes as object)
    .where(eq(sessions.id, id))

const graceIsOver = (id: string) =>
  change(id, { rotatedAt: sql`${sessions.rotatedAt} - interval '11 seconds'` })

async function expectRefused(refreshToken: string) {
  for (const { url } of [server, second]) {
    const { status, failure } = await refresh(url, refreshToken)
    expect({ status, code: failure?.code }).toEqual({ status: 401, code: 'SIGN_IN_REQUIRED' })
  }
}

async function expectEnded(session: OpenSession) {
  expect(await nextCall(server.url, session)).toBe('SIGN_IN_REQUIRED')
  expect(await nextCall(second.url, session)).toBe('SIGN_IN_REQUIRED')
  await expectRefused(session.refreshToken)
}

test('a refresh gives another pair of the same session, and the new pair works on every server', async () => {
  const first = await open()
  const next = await refreshed(second.url, first.refreshToken)
  expect(next.refreshToken).not.toBe(first.refreshToken)
  expect(next.accessToken).not.toBe(first.accessToken)
  expect(next.id).toBe(first.id)
  expect(next.user).toEqual(first.user)
  expect(await nextCall(server.url, next)).toBe('OK')
  const later = await refreshed(server.url, next.refreshToken)
  expect(await nextCall(second.url, later)).toBe('OK')
  expect((await sessionRow(server, first.id)).generation).toBe(3)
})

test.each([20, 50])(
  '%i refreshes of one token at once, on two servers, all give the same new token',
  async (count) => {
    const { id, refreshToken } = await open()
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        refreshed([server, second][index % 2]!.url, refreshToken),
      ),
    )
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1)
    expect(await sessionRow(server, id)).toMatchObject({ generation: 2, endedAt: null })
    const [{ refreshToken: newToken } = { refreshToken: '' }] = answers
    expect(await nextCall(server.url, answers.at(-1)!)).toBe('OK')
    expect((await refreshed(server.url, newToken)).id).toBe(id)
  },
)

test('a lost answer is asked for again with the same token, and nothing is used up twice', async () => {
  const { id, refreshToken } = await open()
  const lost = await refreshed(server.url, refreshToken)
  const again = await writingNothing(server, () => refreshed(second.url, refreshToken))
  expect(again.refreshToken).toBe(lost.refreshToken)
  expect((await sessionRow(server, id)).generation).toBe(2)
})

test('a token that is older than the last ends the session, and says so once in the audit log', async () => {
  const first = await open()
  let last = first
  for (let time = 0; time < 5; time++) last = await refreshed(server.url, last.refreshToken)
  await expectRefused(first.refreshToken)
  expect(await sessionRow(server, first.id)).toMatchObject({
    generation: 6,
    endedAt: expect.any(Date),
    endReason: 'token_reused',
  })
  await expectEnded(last)
  const rows = await server.db.select().from(auditLog).where(eq(auditLog.entityId, first.id))
  expect(rows).toMatchObject([
    {
      actorId: first.user.id,
      action: 'auth.refresh',
      entity: 'session',
      before: { userId: first.user.id, endReason: null },
      after: { userId: first.user.id, endReason: 'token_reused' },
    },
  ])
})

test('a stolen token ends no session but its own', async () => {
  const [stolen, other, another] = await Promise.all([
    open(),
    open(),
    openSession(server.url, 'anton', testPassword),
  ])
  const next = await refreshed(server.url, stolen.refreshToken)
  await graceIsOver(stolen.id)
  await expectRefused(stolen.refreshToken)
  await expectEnded(next)
  for (const session of [other, another]) {
    expect(await nextCall(server.url, session)).toBe('OK')
    await refreshed(server.url, session.refreshToken)
  }
})

test('after the time of grace the token before the last is a reused one as well', async () => {
  const first = await open()
  const next = await refreshed(server.url, first.refreshToken)
  await graceIsOver(first.id)
  await expectRefused(first.refreshToken)
  expect(await sessionRow(server, first.id)).toMatchObject({ endReason: 'token_reused' })
  await expectEnded(next)
})

test('many who come with an old token at once end the session once', async () => {
  const first = await open()
  await refreshed(server.url, first.refreshToken)
  await graceIsOver(first.id)
  await Promise.all(Array.from({ length: 10 }, () => expectRefused(first.refreshToken)))
  expect(await server.db.$count(auditLog, eq(auditLog.entityId, first.id))).toBe(1)
})

test('no table holds a token, only a hash of the one that is good now', async () => {
  const session = await open()
  const next = await refreshed(server.url, session.refreshToken)
  const [{ rows: found }, { rows: seen }] = await Promise.all([
    findInAllTables([session.refreshToken, next.refreshToken, session.accessToken]),
    findInAllTables([(await sessionRow(server, session.id)).tokenHash]),
  ])
  expect(found).toEqual([])
  // So the search does find what is there.
  expect(seen).toHaveLength(1)
})

/** The rows that hold one of the texts, or its last part, which is the secret one. */
async function findInAllTables(texts: string[]) {
  const { rows: tables } = await server.db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`)
  const rows: { in_table: string }[] = []
  for (const { name } of tables) {
    for (const text of texts) {
      const part = text.split('.').at(-1)!
      const found = await server.db.execute<{ in_table: string }>(sql`
        select ${name} as in_table from ${sql.identifier(name)} line
        where position(${part} in line::text) > 0`)
      rows.push(...found.rows)
    }
  }
  return { rows }
}

describe('nothing is given and nothing is written for', () => {
  const expectNothingFor = (refreshToken: string) =>
    writingNothing(server, () => expectRefused(refreshToken))

  test('a token that was changed in any part', async () => {
    const { id, refreshToken } = await open()
    const other = await open()
    const [, generation, signature] = refreshToken.split('.') as [string, string, string]
    const turned = signature.startsWith('A') ? 'B' : 'A'
    for (const forged of [
      `${id}.${generation}.${turned}${signature.slice(1)}`,
      `${id}.2.${signature}`,
      `${id}.0.${signature}`,
      `${id}.01.${signature}`,
      `${other.id}.${generation}.${signature}`,
      `${id}.${generation}.${signature}A`,
      `${id}.${generation}.`,
      `${id}.${generation}`,
      `${id}.${generation}.${signature}.${signature}`,
      refreshToken.toUpperCase(),
      'x',
    ]) {
      await expectNothingFor(forged)
    }
    await refreshed(server.url, refreshToken)
  })

  test('an access token, which is too long for a refresh token', async () => {
    const { accessToken } = await open()
    const { status } = await writingNothing(server, () => refresh(server.url, accessToken))
    expect(status).toBe(400)
  })

  test('a session that was signed out', async () => {
    const { id, refreshToken } = await open()
    await change(id, { endedAt: new Date(), endReason: 'signed_out' })
    await expectNothingFor(refreshToken)
  })

  test('a session that is thirty days old, however lately it was used', async () => {
    const { id, accessToken, refreshToken } = await open()
    await change(id, { expiresAt: sql`${sessions.expiresAt} - interval '30 days'` })
    await expectNothingFor(refreshToken)
    expect(await nextCall(server.url, { accessToken })).toBe('SIGN_IN_REQUIRED')
  })

  test('a session that was not used for seven days', async () => {
    const { id, accessToken, refreshToken } = await open()
    const unusedSince = (interval: string) =>
      change(id, { lastUsedAt: sql`now() - ${interval}::interval` })
    await unusedSince('7 days')
    await expectNothingFor(refreshToken)
    expect(await nextCall(server.url, { accessToken })).toBe('SIGN_IN_REQUIRED')
    await unusedSince('6 days 23 hours')
    await refreshed(server.url, refreshToken)
  })

  test('a user who is disabled', async () => {
    await server.signInAs('dora', 'operator')
    const { refreshToken } = await openSession(server.url, 'dora', testPassword)
    const disable = (disabledAt: Date | null) =>
      server.db.update(users).set({ disabledAt }).where(eq(users.username, 'dora'))
    await disable(new Date())
    await expectNothingFor(refreshToken)
    await disable(null)
    await refreshed(server.url, refreshToken)
  })
})

test('use is written down to the minute, not with every call', async () => {
  const session = await open()
  await writingNothing(server, () => nextCall(server.url, session))
  await change(session.id, { lastUsedAt: sql`now() - interval '2 minutes'` })
  const before = await sessionRow(server, session.id)
  expect(await nextCall(server.url, session)).toBe('OK')
  const { lastUsedAt } = await sessionRow(server, session.id)
  expect(lastUsedAt.getTime()).toBeGreaterThan(before.lastUsedAt.getTime())
})

test('an access token does not open the door once its session is another user’s', async () => {
  const session = await open()
  const { user } = await openSession(server.url, 'anton', testPassword)
  await change(session.id, { userId: user.id })
  expect(await nextCall(server.url, session)).toBe('SIGN_IN_REQUIRED')
  expect(await signInFor(server.url, 'olga', testPassword)).toBeTruthy()
})
