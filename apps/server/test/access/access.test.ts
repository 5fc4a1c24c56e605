import { isDeepStrictEqual } from 'node:util'
import { contract, type ProcedureContract } from '@stockbook/client/contract'
import { users } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appRouter } from '../../src/router.ts'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'

const callers = ['nobody', 'garbage', 'disabled', 'operator', 'admin'] as const
type Caller = (typeof callers)[number]

const promised = Object.entries(contract).flatMap(([feature, procedures]) =>
  Object.entries(procedures as Record<string, ProcedureContract>).map(
    ([name, { access, kind }]) => ({ path: `${feature}.${name}`, feature, name, access, kind }),
  ),
)
type Promised = (typeof promised)[number]

/** What a caller hears who may not call; null: may call. */
function refusalOf(access: Promised['access'], caller: Caller) {
  if (access === 'open' || caller === 'admin') return null
  if (caller !== 'operator') return { status: 401, code: 'SIGN_IN_REQUIRED' }
  return access === 'admin' ? { status: 403, code: 'ADMIN_REQUIRED' } : null
}

let server: TestServer
let tokens: Record<Caller, string | null>

beforeAll(async () => {
  server = await startTestServer()
  await server.signInAs('dora', 'admin')
  const signIn = (username: string) => signInFor(server.url, username, testPassword)
  tokens = {
    nobody: null,
    garbage: 'no.such.token',
    disabled: await signIn('dora'),
    operator: await signIn('olga'),
    admin: await signIn('anton'),
  }
  await server.db.update(users).set({ disabledAt: new Date() }).where(eq(users.username, 'dora'))
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const methodOf = ({ kind }: Pick<Promised, 'kind'>) => (kind === 'query' ? 'GET' : 'POST')

test('the server has exactly the procedures of the contract, each of its kind', () => {
  const running = Object.entries(appRouter._def.procedures).map(([path, procedure]) => [
    path,
    (procedure as unknown as { _def: { type: string } })._def.type,
  ])
  expect(Object.fromEntries(running)).toEqual(
    Object.fromEntries(promised.map(({ path, kind }) => [path, kind])),
  )
  expect(running.length).toBe(promised.length)
})

test('a contract has procedures of every access, so that this table tells them apart', () => {
  expect(new Set(promised.map(({ access }) => access))).toEqual(
    new Set(['open', 'operator', 'admin']),
  )
})

describe.each(callers)('%s', (caller) => {
  test.each(promised)('calls $path ($access) only as the contract says', async (procedure) => {
    // No input has this field: whoever may call hears of the input, and nothing runs.
    const { status, failure } = await rawCall(server.url, procedure.path, {
      method: methodOf(procedure),
      token: tokens[caller],
      input: { noSuchField: true },
    })
    const { access } = procedure
    expect({ status, code: failure?.code }).toEqual(
      refusalOf(access, caller) ?? { status: 400, code: 'INVALID_INPUT' },
    )
  })
})

test('a refused write leaves every table as it was; the same write by an administrator does not', async () => {
  const inputs: Record<string, Record<string, unknown>> = await mutationInputs(server)
  const writes = promised.filter(({ kind, access }) => kind === 'mutation' && access !== 'open')
  const call = ({ path, feature, name }: Promised, caller: Caller) =>
    rawCall(server.url, path, {
      method: 'POST',
      token: tokens[caller],
      input: inputs[feature]?.[name],
    })

  const before = await databaseContents(server.db)
  for (const write of writes) {
    for (const caller of callers) {
      const refusal = refusalOf(write.access, caller)
      if (!refusal) continue
      const { status } = await call(write, caller)
      expect({ path: write.path, caller, status }).toMatchObject({ status: refusal.status })
    }
  }
  expect(await databaseContents(server.db)).toEqual(before)

  for (const write of writes) {
    // Some of the writes end the session that they came with.
    tokens.admin = await signInFor(server.url, 'anton', testPassword)
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
