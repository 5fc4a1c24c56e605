import { migrationStatus } from '@stockbook/db/migrate'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'

test('an administrator sees every migration, when it was applied and by whom', async () => {
  await using server = await startTestServer()
  const { items } = await server.admin.migrations.list.query()
  const { applied } = await migrationStatus(server.databaseUrl)
  expect(items.map(({ name }) => name)).toEqual(applied)
  expect(applied.length).toBeGreaterThan(0)
  for (const migration of items) {
    expect(migration).toMatchObject({
      state: 'applied',
      appliedAt: expect.any(Date),
      appliedBy: expect.stringContaining('@'),
      durationMs: expect.any(Number),
    })
  }
})

test('a migration that the server does not know is named as such', async () => {
  await using server = await startTestServer()
  await server.db.$client.query(
    `insert into migrations.applied (name, checksums, applied_by, duration_ms)
     values ('9999_from_the_future', '{}', 'somebody@elsewhere', 1)`,
  )
  const { items } = await server.admin.migrations.list.query()
  expect(items.at(-1)).toMatchObject({ name: '9999_from_the_future', state: 'unknown' })
})
