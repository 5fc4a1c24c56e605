import { users } from '@stockbook/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPasswords } from '../../src/features/auth/passwords.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { attempt } from './attempts.ts'

/** High enough that a comparison which is left out shows in the time of an answer. */
const cost = 8
const pairs = 40

let server: TestServer
/** On the same database, with this cost. */
let slow: SecondServer

beforeAll(async () => {
  server = await startTestServer()
  const passwordHash = await (await createPasswords(cost)).hash(testPassword)
  const indexes = Array.from({ length: pairs }, (_, index) => index)
  await server.db.insert(users).values(
    indexes.flatMap((index) => {
      const values = { role: 'operator', passwordHash } as const
      const [known, disabled] = [`known-${index}`, `disabled-${index}`]
      return [
        { ...values, username: known, displayName: known },
        { ...values, username: disabled, displayName: disabled, disabledAt: new Date() },
      ]
    }),
  )
  slow = await startSecondServer(server, { cost })
})

afterAll(async () => {
  await slow[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** Who asks, and with what: each is refused. */
const kinds = [
  { name: 'unknown', password: 'a wrong password', took: [] as number[] },
  { name: 'known', password: 'a wrong password', took: [] as number[] },
  { name: 'disabled', password: testPassword, took: [] as number[] },
]

test('whether a name is known shows neither in the answer nor in its time', async () => {
  const bodies = new Set<string>()
  const headers = new Set<string>()
  for (let index = 0; index < pairs; index++) {
    for (const { name, password, took } of kinds) {
      const begin = performance.now()
      const answer = await attempt(slow, `${name}-${index}`, password)
      took.push(performance.now() - begin)
      expect(answer.status).toBe(401)
      bodies.add(answer.text.replace(/"requestId":"[^"]*"/, ''))
      headers.add([...answer.headers.keys()].join())
    }
  }
  expect([...bodies]).toEqual([expect.stringContaining('SIGN_IN_FAILED')])
  expect(headers.size).toBe(1)
  const medians = kinds.map(({ took }) => medianOf(took))
  // A comparison left out would make one of them a fraction of another.
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(2)
})

function medianOf(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
}
