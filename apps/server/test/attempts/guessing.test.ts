import { rateLimits, sessions } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSession, type RawAnswer, rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { attempt, letPass, tally } from './attempts.ts'

let server: TestServer
/** Both believe what one proxy says of the address. */
let first: SecondServer
let second: SecondServer

beforeAll(async () => {
  server = await startTestServer()
  first = await startSecondServer(server, { proxies: 1 })
  second = await startSecondServer(server, { proxies: 1 })
})

beforeEach(async () => {
  await server.db.execute(sql`truncate rate_limits`)
})

afterAll(async () => {
  await first[Symbol.asyncDispose]()
  await second[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const here = '192.0.2.1'
const elsewhere = '192.0.2.2'

/** Wrong passwords, all at once, spread over the servers. */
const guessAtOnce = (
  count: number,
  nameOf: (index: number) => string,
  addressOf: (index: number) => string = () => here,
) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      attempt([first, second][index % 2]!, nameOf(index), `guess ${index}`, addressOf(index)),
    ),
  )

describe('of fifty wrong passwords at once for one account', () => {
  test.each([
    ['one server', () => [first, first]],
    ['two servers', () => [first, second]],
  ])(
    'at most ten are compared, and the others hear how long to wait: on %s',
    async (_where, servers) => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          attempt(servers()[index % 2]!, 'olga', `guess ${index}`, here),
        ),
      )
      expect(tally(answers)).toEqual({ SIGN_IN_FAILED: 10, TOO_MANY_ATTEMPTS: 40 })
      for (const { status, failure, headers } of answers) {
        if (failure?.code !== 'TOO_MANY_ATTEMPTS') continue
        const { retryAfterSeconds } = failure.detail as { retryAfterSeconds: number }
        expect(status).toBe(429)
        expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
        expect(retryAfterSeconds).toBeLessThanOrEqual(60)
        expect(headers.get('retry-after')).toBe(String(retryAfterSeconds))
      }
      // Waiting longer is what counts, not trying again.
      expect((await attempt(first, 'olga', testPassword, here)).failure?.code).toBe(
        'TOO_MANY_ATTEMPTS',
      )
      expect((await attempt(second, ' OLGA ', testPassword, here)).failure?.code).toBe(
        'TOO_MANY_ATTEMPTS',
      )
    },
  )
})

test('after the wait the right password opens the door, and the count begins anew', async () => {
  await guessAtOnce(50, () => 'olga')
  await letPass(server, 61)
  expect((await attempt(first, 'olga', testPassword, here)).status).toBe(200)
  expect(tally(await guessAtOnce(9, () => 'olga'))).toEqual({ SIGN_IN_FAILED: 9 })
  expect((await attempt(first, 'olga', testPassword, here)).status).toBe(200)
})

test('a caller that does not wait makes its wait no longer', async () => {
  await guessAtOnce(20, () => 'olga')
  await letPass(server, 30)
  const { failure } = await attempt(first, 'olga', testPassword, here)
  expect(failure?.detail.retryAfterSeconds).toBeLessThanOrEqual(30)
})

describe('an account that somebody locks by guessing', () => {
  test('goes on in the sessions that it has', async () => {
    const { accessToken, refreshToken } = await openSession(server.url, 'olga', testPassword)
    await guessAtOnce(
      50,
      () => 'olga',
      () => '127.0.0.1',
    )
    expect((await attempt(server, 'olga', testPassword)).failure?.code).toBe('TOO_MANY_ATTEMPTS')
    for (let call = 0; call < 20; call++) {
      const { status } = await rawCall(server.url, 'products.list', {
        token: accessToken,
        input: {},
      })
      expect(status).toBe(200)
    }
    const renewed = await rawCall(server.url, 'auth.refresh', {
      method: 'POST',
      input: { refreshToken },
    })
    expect(renewed.status).toBe(200)
  })

  test('signs in from another address, and that does not free the guesser', async () => {
    await guessAtOnce(50, () => 'olga')
    expect((await attempt(first, 'olga', testPassword, elsewhere)).status).toBe(200)
    expect((await attempt(first, 'olga', 'guess', here)).failure?.code).toBe('TOO_MANY_ATTEMPTS')
  })

  test('is the only one that is locked', async () => {
    await guessAtOnce(50, () => 'olga')
    expect((await attempt(first, 'anton', testPassword, here)).status).toBe(200)
  })

  test('takes a hundred guesses in an hour from all addresses together, and no more', async () => {
    const answers: RawAnswer[] = []
    // Each address stays below its own limit.
    for (let round = 0; round < 5; round++) {
      const from = (index: number) => `198.51.100.${index}`
      answers.push(...(await guessAtOnce(30, () => 'olga', from)))
    }
    const { SIGN_IN_FAILED: compared = 0, TOO_MANY_ATTEMPTS: refused = 0 } = tally(answers)
    expect(compared).toBeLessThanOrEqual(100)
    expect(compared + refused).toBe(150)
    expect((await attempt(first, 'olga', testPassword, elsewhere)).failure?.code).toBe(
      'TOO_MANY_ATTEMPTS',
    )
    await letPass(server, 3601)
    expect((await attempt(first, 'olga', testPassword, elsewhere)).status).toBe(200)
  })
})

test('two hundred unknown names lock nobody out', async () => {
  for (let round = 0; round < 10; round++) {
    const answers = await guessAtOnce(20, (index) => `nobody-${round}-${index}`)
    expect(tally(answers)).toEqual({ SIGN_IN_FAILED: 20 })
  }
  expect((await attempt(first, 'olga', testPassword, here)).status).toBe(200)
})

test('one address is heard a thousand times in ten minutes, whatever names it tries', async () => {
  await server.db.execute(sql`truncate rate_limits`)
  await attempt(first, 'nobody', 'guess', here)
  await server.db.execute(
    sql`update rate_limits set points = 1000 where key like 'sign-in address:%'`,
  )
  expect((await attempt(first, 'anton', testPassword, here)).failure?.code).toBe(
    'TOO_MANY_ATTEMPTS',
  )
  expect((await attempt(first, 'anton', testPassword, elsewhere)).status).toBe(200)
  await letPass(server, 601)
  expect((await attempt(first, 'anton', testPassword, here)).status).toBe(200)
})

test('an address that the caller made up is not believed', async () => {
  const claims = Array.from({ length: 30 }, (_, index) => `203.0.113.${index}, ${here}`)
  const answers = await Promise.all(
    claims.map((claim, index) => attempt(first, 'olga', `guess ${index}`, claim)),
  )
  expect(tally(answers)).toMatchObject({ SIGN_IN_FAILED: 10, TOO_MANY_ATTEMPTS: 20 })
  const withoutProxy = await Promise.all(
    claims.map((claim, index) => attempt(server, 'anton', `guess ${index}`, claim)),
  )
  expect(tally(withoutProxy)).toMatchObject({ SIGN_IN_FAILED: 10, TOO_MANY_ATTEMPTS: 20 })
})

test('an IPv4 address that comes mapped into IPv6 is the same address, and one of IPv6 stays as it is', async () => {
  const before = new Set((await server.db.select().from(sessions)).map(({ id }) => id))
  for (const address of [`::ffff:${here}`, here, '2001:db8::ffff:1']) {
    expect((await attempt(first, 'olga', testPassword, address)).status).toBe(200)
  }
  const opened = (await server.db.select().from(sessions)).filter(({ id }) => !before.has(id))
  expect(opened.map(({ address }) => address).sort()).toEqual([here, here, '2001:db8::ffff:1'])
})

test('what is counted tells no name and no password, and no attempt opens a session', async () => {
  const before = await server.db.$count(sessions)
  await guessAtOnce(5, () => 'a-name-that-is-secret')
  const rows = await server.db.select().from(rateLimits)
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toMatch(/a-name-that-is-secret|guess/)
  expect(await server.db.$count(sessions)).toBe(before)
})

test('a name of any length is counted like another', async () => {
  const answers = await guessAtOnce(15, () => 'ж'.repeat(200))
  expect(tally(answers)).toEqual({ SIGN_IN_FAILED: 10, TOO_MANY_ATTEMPTS: 5 })
})
