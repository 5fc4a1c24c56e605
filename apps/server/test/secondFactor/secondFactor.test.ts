import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { auditLog, secondFactors, users } from '@stockbook/db'
import { and, desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeOfApp } from '../../src/testing/codeOfApp.ts'
import { rawCall } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

let server: TestServer
let ida: StockbookClient<'operator'>

beforeEach(async () => {
  server = await startTestServer()
  ida = await server.signInAs('ida', 'operator')
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

const begin = (password = testPassword) => ida.secondFactor.begin.mutate({ password })

/** Ida's app and recovery codes; her sign-in asks for a code from here on. */
async function setUp() {
  const { secret } = await begin()
  const { recoveryCodes } = await ida.secondFactor.confirm.mutate({ code: codeOfApp(secret) })
  return { secret, recoveryCodes }
}

/** Tries to sign in as Ida. Gives `OK` or the code of the refusal. */
async function signIn(code?: string, password = testPassword, url = server.url) {
  const input = { username: 'ida', password, ...(code !== undefined && { code }) }
  const { failure } = await rawCall(url, 'auth.signIn', { method: 'POST', input })
  return failure?.code ?? 'OK'
}

/** The app's next code, which the server takes half a minute early: the present one is used up. */
const nextCode = (secret: string) => codeOfApp(secret, 0.5)

test('once the app is confirmed, the password alone opens nothing, and with the code it does', async () => {
  const { secret, recoveryCodes } = await setUp()
  expect(recoveryCodes).toHaveLength(10)
  expect(new Set(recoveryCodes).size).toBe(10)
  expect(await signIn()).toBe('SECOND_FACTOR_REQUIRED')
  expect(await signIn('000000')).toBe('SECOND_FACTOR_WRONG')
  expect(await signIn(codeOfApp(secret, 5))).toBe('SECOND_FACTOR_WRONG')
  expect(await signIn(nextCode(secret))).toBe('OK')
  expect(await ida.secondFactor.status.query()).toMatchObject({
    since: expect.any(Date),
    recoveryCodes: 10,
  })
})

test('before it is confirmed nothing asks for a code, and a wrong one confirms nothing', async () => {
  const { secret, uri } = await begin()
  expect(uri).toContain(`secret=${secret}`)
  expect(await signIn()).toBe('OK')
  await expect(ida.secondFactor.confirm.mutate({ code: codeOfApp(secret, 5) })).rejects.toThrow(
    expect.objectContaining({ code: 'SECOND_FACTOR_WRONG' }),
  )
  expect(await signIn()).toBe('OK')
  expect(await ida.secondFactor.status.query()).toEqual({ since: null, recoveryCodes: 0 })
})

test('a wrong password is told before anything is said of codes', async () => {
  const { secret } = await setUp()
  expect(await signIn(undefined, 'not the password of Ida')).toBe('SIGN_IN_FAILED')
  expect(await signIn(nextCode(secret), 'not the password of Ida')).toBe('SIGN_IN_FAILED')
  expect(await signIn(nextCode(secret))).toBe('OK')
})

test('a code works once, for one of many who come with it at once to two servers', async () => {
  const { secret, recoveryCodes } = await setUp()
  await using second: SecondServer = await startSecondServer(server)
  const race = (code: string) =>
    Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        signIn(code, testPassword, index % 2 === 0 ? server.url : second.url),
      ),
    )
  const byApp = await race(nextCode(secret))
  expect(byApp.filter((code) => code === 'OK')).toHaveLength(1)
  expect(new Set(byApp)).toEqual(new Set(['OK', 'SECOND_FACTOR_WRONG']))
  const byPaper = await race(recoveryCodes[3]!)
  expect(byPaper.filter((code) => code === 'OK')).toHaveLength(1)
  expect(await ida.secondFactor.status.query()).toMatchObject({ recoveryCodes: 9 })
})

test('a recovery code is good however it is typed', async () => {
  const { recoveryCodes } = await setUp()
  expect(await signIn(recoveryCodes[0]!.toUpperCase().replace('-', ' '))).toBe('OK')
  expect(await signIn(recoveryCodes[0])).toBe('SECOND_FACTOR_WRONG')
})

test('guesses of codes are counted as guesses of passwords are', async () => {
  const { secret } = await setUp()
  const answers: string[] = []
  for (let guess = 0; guess < 11; guess++) answers.push(await signIn('123456'))
  expect(answers.at(-1)).toBe('TOO_MANY_ATTEMPTS')
  expect(await signIn(nextCode(secret))).toBe('TOO_MANY_ATTEMPTS')
})

test('the password alone, however often it is right, gives no new guesses of codes', async () => {
  const { secret } = await setUp()
  const answers: string[] = []
  const noting = (error: { code: string }) => answers.push(error.code)
  for (let round = 0; round < 6; round++) {
    await ida.secondFactor.remove.mutate({ password: testPassword, code: '123456' }).catch(noting)
    await begin().catch(noting)
  }
  expect(answers.slice(0, 2)).toEqual(['SECOND_FACTOR_WRONG', 'WRONG_STATE'])
  expect(answers.at(-1)).toBe('TOO_MANY_ATTEMPTS')
  expect(await signIn(nextCode(secret))).toBe('TOO_MANY_ATTEMPTS')
})

test('it is taken away with the password and a code, and not with one of them', async () => {
  const { secret, recoveryCodes } = await setUp()
  const remove = (password: string, code: string) =>
    ida.secondFactor.remove.mutate({ password, code }).then(
      () => 'OK',
      (error: { code: string }) => error.code,
    )
  expect(await remove('not the password of Ida', nextCode(secret))).toBe('SIGN_IN_FAILED')
  expect(await remove(testPassword, '000000')).toBe('SECOND_FACTOR_WRONG')
  expect(await signIn()).toBe('SECOND_FACTOR_REQUIRED')
  expect(await remove(testPassword, recoveryCodes[0]!)).toBe('OK')
  expect(await signIn()).toBe('OK')
  expect(await server.db.$count(secondFactors)).toBe(0)
  expect(await remove(testPassword, recoveryCodes[1]!)).toBe('WRONG_STATE')
})

test('a second secret is not made while the first is asked for', async () => {
  const { secret } = await setUp()
  await expect(begin()).rejects.toThrow(expect.objectContaining({ code: 'WRONG_STATE' }))
  await expect(begin('not the password of Ida')).rejects.toThrow(
    expect.objectContaining({ code: 'SIGN_IN_FAILED' }),
  )
  expect(await signIn(nextCode(secret))).toBe('OK')
})

test('an administrator takes it away for somebody else, whose sessions end; an operator cannot', async () => {
  const { id } = await ida.auth.me.query()
  await setUp()
  const byOperator = await (server.operator as StockbookClient<'admin'>).users.removeSecondFactor
    .mutate({ id })
    .catch((error: { code: string }) => error.code)
  expect(byOperator).toBe('ADMIN_REQUIRED')
  expect(await signIn()).toBe('SECOND_FACTOR_REQUIRED')
  const user = await server.admin.users.removeSecondFactor.mutate({ id })
  expect(user.secondFactorSince).toBeNull()
  expect((await server.admin.sessions.list.query({ userId: id })).items).toEqual([])
  expect(await signIn()).toBe('OK')

  const own = await server.admin.auth.me.query()
  await expect(server.admin.users.removeSecondFactor.mutate({ id: own.id })).rejects.toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  )
})

test('who set it up and who took it away stands in the audit log, and no secret does', async () => {
  const { id } = await ida.auth.me.query()
  const { secret, recoveryCodes } = await setUp()
  await server.admin.users.removeSecondFactor.mutate({ id })
  const rows = await server.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.entity, 'user'), eq(auditLog.entityId, id)))
    .orderBy(desc(auditLog.id))
  expect(rows.slice(0, 2).map(({ action }) => action)).toEqual([
    'users.removeSecondFactor',
    'secondFactor.confirm',
  ])
  expect(rows[1]).toMatchObject({
    before: { secondFactorSince: null },
    after: { secondFactorSince: expect.any(String) },
  })
  const all = JSON.stringify(await server.db.select().from(auditLog))
  for (const hidden of [secret, ...recoveryCodes]) expect(all).not.toContain(hidden)
})

test('a service, which has no password, cannot set one up', async () => {
  const { key } = await server.admin.apiKeys.create.mutate({ name: 'a script', role: 'operator' })
  const script = createStockbookClient({ url: server.url, auth: { apiKey: key } })
  await expect(script.secondFactor.begin.mutate({ password: testPassword })).rejects.toThrow(
    expect.objectContaining({ code: 'SIGN_IN_FAILED' }),
  )
  expect(await server.db.$count(users, eq(users.kind, 'service'))).toBe(1)
  expect(await server.db.$count(secondFactors)).toBe(0)
})
