import { sessions } from '@stockbook/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = await signInFor(server.url, 'anton', testPassword)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const inputs: Record<string, object> = {
  'auth.signIn': { username: 'olga', password: testPassword },
  'auth.refresh': {},
  'auth.changePassword': { currentPassword: testPassword, newPassword: `${testPassword} 2` },
  'categories.create': { name: 'Behind a sign-in' },
}

/** Sends calls in one request, each of which would write something. */
function batch(procedures: string[], address = procedures.join(',')) {
  const body = Object.fromEntries(procedures.map((name, index) => [index, { json: inputs[name] }]))
  return fetch(`${server.url}/rpc/${address}?batch=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
}

const times = (count: number, name: string) => Array.from({ length: count }, () => name)

test.each<[string, string[], string?]>([
  // More names do not fit into an address: Node answers 431.
  ['1,200 sign-ins, each named', times(1200, 'auth.signIn')],
  ['two sign-ins', times(2, 'auth.signIn')],
  ['a sign-in behind another call', ['categories.create', 'auth.signIn']],
  ['a sign-in before another call', ['auth.signIn', 'categories.create']],
  ['a sign-in among ten', [...times(9, 'categories.create'), 'auth.signIn']],
  ['two refreshes', times(2, 'auth.refresh')],
  ['two changes of a password', times(2, 'auth.changePassword')],
  ['two sign-ins, the comma written as %2C', times(2, 'auth.signIn'), 'auth.signIn%2Cauth.signIn'],
  ['two sign-ins, the name written as %69', times(2, 'auth.signIn'), 'auth.s%69gnIn,auth.sign%49n'],
])('of %s in one batch not one runs', async (_what, procedures, address) => {
  const before = await databaseContents(server.db)
  const answer = await batch(procedures, address)
  const text = await answer.text()
  expect(await databaseContents(server.db)).toEqual(before)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(text).not.toContain('accessToken')
})

test.each([
  ['one', 1],
  ['two thousand', 2000],
])('an address of one sign-in with %s inputs is one sign-in', async (_words, count) => {
  const before = await server.db.$count(sessions)
  const answer = await batch(times(count, 'auth.signIn'), 'auth.signIn')
  expect(answer.status).toBe(200)
  expect(await server.db.$count(sessions)).toBe(before + 1)
  expect((await answer.text()).match(/accessToken/g)).toHaveLength(1)
})

test('the same batch without the sign-in runs', async () => {
  expect((await batch(['categories.create'])).status).toBe(200)
})
