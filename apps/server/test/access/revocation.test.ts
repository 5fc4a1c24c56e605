import { users } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, testPassword } from '../../src/testing/testServer.ts'

type Change = Partial<typeof users.$inferInsert>

async function startWith(username: string, role: 'operator' | 'admin') {
  const server = await startTestServer()
  await server.signInAs(username, role)
  const token = await signInFor(server.url, username, testPassword)
  const call = async (path: string) => {
    const { status, failure } = await rawCall(server.url, path, { token, input: {} })
    return failure?.code ?? status
  }
  const change = (changes: Change) =>
    server.db.update(users).set(changes).where(eq(users.username, username))
  return { server, call, change, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('an administrator who is made an operator is refused at the next call, with the same token', async () => {
  await using dora = await startWith('dora', 'admin')
  expect(await dora.call('users.list')).toBe(200)
  await dora.change({ role: 'operator' })
  expect(await dora.call('users.list')).toBe('ADMIN_REQUIRED')
  expect(await dora.call('products.list')).toBe(200)
})

test('an operator who is made an administrator may do more at the next call, with the same token', async () => {
  await using dora = await startWith('dora', 'operator')
  expect(await dora.call('users.list')).toBe('ADMIN_REQUIRED')
  await dora.change({ role: 'admin' })
  expect(await dora.call('users.list')).toBe(200)
})

test('a user who is disabled is refused at the next call, and let in when enabled again', async () => {
  await using dora = await startWith('dora', 'operator')
  expect(await dora.call('products.list')).toBe(200)
  await dora.change({ disabledAt: new Date() })
  expect(await dora.call('products.list')).toBe('SIGN_IN_REQUIRED')
  await dora.change({ disabledAt: null })
  expect(await dora.call('products.list')).toBe(200)
})

test('no call that starts after the change succeeds, however many are under way', async () => {
  await using dora = await startWith('dora', 'admin')
  const underWay = Array.from({ length: 100 }, () => dora.call('users.list'))
  await dora.change({ role: 'operator' })
  const later = await Promise.all(Array.from({ length: 50 }, () => dora.call('users.list')))
  expect(new Set(later)).toEqual(new Set(['ADMIN_REQUIRED']))
  for (const outcome of await Promise.all(underWay)) {
    expect([200, 'ADMIN_REQUIRED']).toContain(outcome)
  }
})
