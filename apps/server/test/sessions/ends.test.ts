import { auditLog } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OpenSession, openSession, rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { nextCall, outcomeOf, refresh, refreshed, sessionRow, writingNothing } from './calls.ts'

let server: TestServer
let second: SecondServer
let olga: OpenSession
let sameOlga: OpenSession
let paul: OpenSession
let anton: OpenSession

beforeAll(async () => {
  server = await startTestServer()
  second = await startSecondServer(server)
  await server.signInAs('paul', 'operator')
})

beforeEach(async () => {
  const open = (username: string) => openSession(server.url, username, testPassword)
  olga = await open('olga')
  sameOlga = await open('olga')
  paul = await open('paul')
  anton = await open('anton')
})

afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const post = (path: string, { accessToken }: OpenSession, input: object = {}) =>
  rawCall(server.url, path, { method: 'POST', token: accessToken, input })

const list = async ({ accessToken }: OpenSession, input: object = {}) => {
  const { result } = await rawCall(server.url, 'sessions.list', { token: accessToken, input })
  return (result as { items: Record<string, unknown>[] }).items
}

async function expectEnded(session: OpenSession) {
  for (const { url } of [server, second]) {
    expect(await nextCall(url, session)).toBe('SIGN_IN_REQUIRED')
    expect((await refresh(url, session.refreshToken)).failure?.code).toBe('SIGN_IN_REQUIRED')
  }
}

async function expectOpen(...sessions: OpenSession[]) {
  for (const session of sessions) {
    expect(await nextCall(server.url, session)).toBe('OK')
    expect(await nextCall(second.url, session)).toBe('OK')
  }
}

describe('signing out', () => {
  test('ends this session at once, on every server, and no other', async () => {
    expect(await post('auth.signOut', olga)).toMatchObject({ status: 200, result: {} })
    await expectEnded(olga)
    await expectOpen(sameOlga, paul, anton)
    expect(await sessionRow(server, olga.id)).toMatchObject({ endReason: 'signed_out' })
  })

  test('everywhere ends all sessions of the caller, tells how many were open, and ends no other’s', async () => {
    const open = await list(olga)
    const { result } = await post('auth.signOutEverywhere', olga)
    expect(result).toEqual({ ended: open.length })
    await expectEnded(olga)
    await expectEnded(sameOlga)
    await expectOpen(paul, anton)
  })

  test('everywhere does not count what had run out before', async () => {
    await post('auth.signOutEverywhere', olga)
    const [one, other] = [
      await openSession(server.url, 'olga', testPassword),
      await openSession(server.url, 'olga', testPassword),
    ]
    await server.db.execute(
      `update sessions set expires_at = now() - interval '1 second' where id = '${other.id}'`,
    )
    expect((await post('auth.signOutEverywhere', one)).result).toEqual({ ended: 1 })
  })
})

describe('a list of sessions', () => {
  test('has the caller’s own and nobody else’s, and marks the one of this call', async () => {
    const items = await list(olga)
    expect(new Set(items.map(({ username }) => username))).toEqual(new Set(['olga']))
    expect(items.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ id: olga.id }])
    expect(items.map(({ id }) => id)).toContain(sameOlga.id)
  })

  test('tells where a session is from, and nothing that opens one', async () => {
    const { result, text } = await rawCall(server.url, 'auth.signIn', {
      method: 'POST',
      input: { username: 'olga', password: testPassword },
      headers: { 'user-agent': 'Scanner 1.0' },
    })
    const answer = await rawCall(server.url, 'sessions.list', {
      token: olga.accessToken,
      input: {},
    })
    expect(answer.result).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ userAgent: 'Scanner 1.0', address: '127.0.0.1' }),
      ]),
    })
    const { refreshToken } = result as OpenSession
    expect(text).toContain(refreshToken)
    expect(answer.text).not.toContain(refreshToken.split('.')[2])
    expect(answer.text).not.toMatch(/hash|generation/i)
  })

  test('no longer has a session that was ended', async () => {
    await post('auth.signOut', sameOlga)
    const ids = (await list(olga)).map(({ id }) => id)
    expect(ids).not.toContain(sameOlga.id)
    expect(ids).toContain(olga.id)
  })

  test('of another user is for an administrator only', async () => {
    const ids = (await list(anton, { userId: olga.user.id })).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([olga.id, sameOlga.id]))
    for (const userId of [anton.user.id, randomUUID()]) {
      const call = { token: olga.accessToken, input: { userId } }
      expect(await outcomeOf(server.url, 'sessions.list', call)).toBe('ADMIN_REQUIRED')
    }
  })
})

describe('ending a session', () => {
  test('of one’s own shuts out exactly that one', async () => {
    expect((await post('sessions.end', olga, { id: sameOlga.id })).result).toEqual({
      id: sameOlga.id,
    })
    await expectEnded(sameOlga)
    await expectOpen(olga, paul, anton)
  })

  test('of anybody is for an administrator', async () => {
    await post('sessions.end', anton, { id: paul.id })
    await expectEnded(paul)
    await expectOpen(olga, sameOlga, anton)
  })

  test('of somebody else is answered like that of nobody, and ends nothing', async () => {
    const answers = await writingNothing(server, () =>
      Promise.all(
        [paul.id, anton.id, randomUUID()].map((id) => post('sessions.end', olga, { id })),
      ),
    )
    for (const { status, failure } of answers) {
      expect({ status, ...failure }).toMatchObject({ status: 404, code: 'NOT_FOUND' })
      expect(Object.keys(failure?.detail ?? {})).toEqual(['entity', 'id'])
    }
    await expectOpen(paul, anton)
  })

  test('a second time finds nothing to end', async () => {
    await post('sessions.end', olga, { id: sameOlga.id })
    const again = await writingNothing(server, () =>
      post('sessions.end', olga, { id: sameOlga.id }),
    )
    expect(again.failure?.code).toBe('NOT_FOUND')
  })

  test('finds nothing when it has run out', async () => {
    await server.db.execute(
      `update sessions set last_used_at = now() - interval '8 days' where id = '${sameOlga.id}'`,
    )
    const call = await writingNothing(server, () => post('sessions.end', olga, { id: sameOlga.id }))
    expect(call.failure?.code).toBe('NOT_FOUND')
  })

  test('at many at once is done once, and written down once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => post('sessions.end', anton, { id: paul.id })),
    )
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1)
    const rows = await server.db.select().from(auditLog).where(eq(auditLog.entityId, paul.id))
    expect(rows).toMatchObject([
      {
        action: 'sessions.end',
        actorId: anton.user.id,
        before: { userId: paul.user.id, endReason: null },
        after: { userId: paul.user.id, endReason: 'ended_by_other' },
      },
    ])
  })

  test('races with its own refresh, and is over afterwards whoever was first', async () => {
    const [, renewed] = await Promise.all([
      post('sessions.end', anton, { id: paul.id }),
      refresh(second.url, paul.refreshToken),
    ])
    await expectEnded(paul)
    const token = (renewed.result as OpenSession | undefined)?.refreshToken
    if (token) await expectEnded({ ...paul, refreshToken: token })
  })
})

test('a session of one server is refreshed, used and ended on another', async () => {
  const next = await refreshed(second.url, olga.refreshToken)
  expect(await nextCall(server.url, next)).toBe('OK')
  await rawCall(second.url, 'auth.signOut', {
    method: 'POST',
    token: next.accessToken,
    input: {},
  })
  await expectEnded(next)
})
