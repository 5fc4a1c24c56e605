import { apiKeys, sessions, users } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openSession, rawCall } from '../../src/testing/rawCall.ts'
import { startTestServer, testPassword } from '../../src/testing/testServer.ts'

test('nothing secret of a person, a session or a key is in the audit log, not even a hash', async () => {
  await using server = await startTestServer()
  const passwords = ['canary of creation', 'canary of a reset', 'canary of the own choice']
  const { admin } = server
  const user = await admin.users.create.mutate({
    username: 'nina',
    role: 'operator',
    password: passwords[0]!,
  })
  const hashes = new Set<string>()
  const noteHashes = async () => {
    for (const row of await server.db.select().from(users)) hashes.add(row.passwordHash ?? '')
    for (const row of await server.db.select().from(sessions)) hashes.add(row.tokenHash)
    for (const row of await server.db.select().from(apiKeys)) hashes.add(row.keyHash)
  }
  await noteHashes()
  await admin.users.resetPassword.mutate({ id: user.id, password: passwords[1]! })
  await noteHashes()
  const session = await openSession(server.url, 'nina', passwords[1]!)
  const changed = await rawCall(server.url, 'auth.changePassword', {
    method: 'POST',
    token: session.accessToken,
    input: { currentPassword: passwords[1], newPassword: passwords[2] },
  })
  expect(changed.status).toBe(200)
  const { key, id } = await admin.apiKeys.create.mutate({ name: 'scanner', role: 'admin' })
  await admin.apiKeys.revoke.mutate({ id })
  await admin.sessions.end.mutate({ id: session.id })
  await admin.users.disable.mutate({ id: user.id })
  await noteHashes()

  const { rows } = await server.db.execute<{ line: string }>(
    sql`select line::text as line from audit_log line`,
  )
  const written = rows.map(({ line }) => line).join('\n')
  const secrets = [
    ...passwords,
    testPassword,
    key,
    key.slice(4, -4),
    session.accessToken,
    session.refreshToken,
    session.refreshToken.split('.')[2]!,
    ...hashes,
  ].filter((secret) => secret !== '')
  expect(secrets.length).toBeGreaterThan(12)
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([])
  expect(written).not.toMatch(/password_?hash|key_?hash|token_?hash|\$2b\$|sbk_/i)
  // So the search does find what is there.
  expect(written).toContain('nina')
  expect(rows.length).toBeGreaterThan(6)
})
