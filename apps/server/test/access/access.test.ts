import { isDeepStrictEqual } from 'node:util'
import { apiKeys, sessions, users } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTokens } from '../../src/features/auth/tokens.ts'
import { appRouter } from '../../src/router.ts'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { restCall } from '../../src/testing/restCall.ts'
import {
  startTestServer,
  type TestServer,
  testPassword,
  testSecret,
} from '../../src/testing/testServer.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { mutations, procedures } from '../../src/testing/procedures.ts'

/** How each caller comes, and as what it should be taken; `bound` must first choose a password. */
const callers = {
  nobody: null,
  garbage: null,
  'disabled user': null,
  'expired token': null,
  'ended session': null,
  'revoked key': null,
  'expired key': null,
  'key of a disabled service': null,
  'must change password': 'bound',
  operator: 'operator',
  admin: 'admin',
  'operator key': 'operator',
  'admin key': 'admin',
} as const
type Caller = keyof typeof callers
const callerNames = Object.keys(callers) as Caller[]

/** What somebody may call who must first choose a password. */
const openToBound = ['auth.me', 'auth.changePassword', 'auth.signOut']

type Promised = (typeof procedures)[number]

/** What a caller hears who may not call; null: may call. */
function refusalOf({ access, path }: Pick<Promised, 'access' | 'path'>, caller: Caller) {
  const takenAs = callers[caller]
  if (access === 'open' || takenAs === 'admin') return null
  if (takenAs === null) return { status: 401, code: 'SIGN_IN_REQUIRED' }
  if (takenAs === 'bound') {
    if (openToBound.includes(path)) return null
    return { status: 403, code: 'PASSWORD_CHANGE_REQUIRED' }
  }
  return access === 'admin' ? { status: 403, code: 'ADMIN_REQUIRED' } : null
}

/** They want the code of a moment; their own tests look at them. */
const withCodes = ['secondFactor.confirm', 'secondFactor.remove']

let server: TestServer
/** The header `authorization` of each. */
let authorizations: Record<Caller, string | null>

const signIn = async (username: string) =>
  `Bearer ${await signInFor(server.url, username, testPassword)}`

beforeAll(async () => {
  server = await startTestServer()
  const { db, admin } = server
  for (const username of ['dora', 'erik']) await server.signInAs(username, 'admin')
  await admin.users.create.mutate({
    username: 'berta',
    role: 'admin',
    password: testPassword,
    mustChangePassword: true,
  })
  const keyOf = async (name: string, role: 'operator' | 'admin') => {
    const made = await admin.apiKeys.create.mutate({ name, role })
    return { ...made, authorization: `ApiKey ${made.key}` }
  }
  const [revoked, expired, disabled] = [
    await keyOf('revoked', 'admin'),
    await keyOf('expired', 'admin'),
    await keyOf('disabled', 'admin'),
  ]
  const past = createTokens({ secret: testSecret, algorithm: 'HS256', expiresInMinutes: -1 })
  const expiring = await openSession(server.url, 'anton', testPassword)
  const ended = await openSession(server.url, 'erik', testPassword)
  authorizations = {
    nobody: null,
    garbage: 'Bearer no.such.token',
    'disabled user': await signIn('dora'),
    'expired token': `Bearer ${past.issue(expiring.user.id, expiring.id).accessToken}`,
    'ended session': `Bearer ${ended.accessToken}`,
    'revoked key': revoked.authorization,
    'expired key': expired.authorization,
    'key of a disabled service': disabled.authorization,
    'must change password': await signIn('berta'),
    operator: await signIn('olga'),
    admin: await signIn('anton'),
    'operator key': (await keyOf('operating', 'operator')).authorization,
    'admin key': (await keyOf('administering', 'admin')).authorization,
  }
  await admin.apiKeys.revoke.mutate({ id: revoked.id })
  await db.update(apiKeys).set({ expiresAt: sql`now()` }).where(eq(apiKeys.id, expired.id))
  await admin.users.disable.mutate({ id: disabled.userId })
  await db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, 'dora'))
  await db.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, ended.id))
})

/** Calls as the caller comes. */
function callAs(caller: Caller, procedure: Promised, input: unknown) {
  const authorization = authorizations[caller]
  return rawCall(server.url, procedure.path, {
    method: methodOf(procedure),
    input,
    ...(authorization && { headers: { authorization } }),
  })
}

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const methodOf = ({ kind }: Pick<Promised, 'kind'>) => (kind === 'mutation' ? 'POST' : 'GET')

test('the server has exactly the procedures of the contract, each of its kind', () => {
  const running = Object.entries(appRouter._def.procedures).map(([path, procedure]) => [
    path,
    (procedure as unknown as { _def: { type: string } })._def.type,
  ])
  expect(Object.fromEntries(running)).toEqual(
    Object.fromEntries(procedures.map(({ path, kind }) => [path, kind])),
  )
  expect(running.length).toBe(procedures.length)
})

test('a contract has procedures of every access, so that this table tells them apart', () => {
  expect(new Set(procedures.map(({ access }) => access))).toEqual(
    new Set(['open', 'operator', 'admin']),
  )
})

describe.each(callerNames)('%s', (caller) => {
  test.each(procedures)('calls $path ($access) only as the contract says', async (procedure) => {
    // No input has this field: whoever may call hears of the input, and nothing runs.
    const { status, failure } = await callAs(caller, procedure, { noSuchField: true })
    expect({ status, code: failure?.code }).toEqual(
      refusalOf(procedure, caller) ?? { status: 400, code: 'INVALID_INPUT' },
    )
  })

  const answering = procedures.filter(({ kind }) => kind !== 'subscription')
  test.each(answering)('calls $path ($access) by REST only as the contract says', async (one) => {
    const { status, json } = await restCall(server.url, one.path, {
      method: methodOf(one),
      authorization: authorizations[caller],
      input: { noSuchField: true },
    })
    expect({ status, code: json.code }).toEqual(
      refusalOf(one, caller) ?? { status: 400, code: 'INVALID_INPUT' },
    )
  })
})

test('a refused write leaves every table as it was; the same write by an administrator does not', async () => {
  const inputs: Record<string, Record<string, unknown>> = await mutationInputs(server)
  const writes = mutations.filter(
    ({ access, path }) => access !== 'open' && !withCodes.includes(path),
  )
  const call = (write: Promised, caller: Caller) =>
    callAs(caller, write, inputs[write.feature]?.[write.name])

  // Once a minute a call notes that its session or key is in use: not during this test.
  await server.db.update(sessions).set({ lastUsedAt: sql`now()` })
  await server.db.update(apiKeys).set({ lastUsedAt: sql`now()` })
  const before = await databaseContents(server.db)
  for (const write of writes) {
    for (const caller of callerNames) {
      const refusal = refusalOf(write, caller)
      if (!refusal) continue
      const { status } = await call(write, caller)
      expect({ path: write.path, caller, status }).toMatchObject({ status: refusal.status })
    }
  }
  expect(await databaseContents(server.db)).toEqual(before)

  for (const write of writes) {
    // Some of the writes end the session that they came with.
    authorizations.admin = await signIn('anton')
    const earlier = await databaseContents(server.db)
    const { status, text } = await call(write, 'admin')
    expect({ path: write.path, status, text }).toMatchObject({ status: 200 })
    const wrote = !isDeepStrictEqual(await databaseContents(server.db), earlier)
    expect({ path: write.path, wrote }).toMatchObject({ wrote: true })
  }
})

test('a batch is decided call by call', async () => {
  const token = await signInFor(server.url, 'olga', testPassword)
  const url = `${server.url}/rpc/auth.me,users.list?batch=1&input=${encodeURIComponent('{"0":{"json":{}},"1":{"json":{}}}')}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  const [me, list] = (await answer.json()) as { result?: object; error?: object }[]
  expect(me?.result).toBeDefined()
  expect(list?.result).toBeUndefined()
  expect(JSON.stringify(list?.error)).toContain('ADMIN_REQUIRED')
})
